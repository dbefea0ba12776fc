import { describe, expect, it } from "vitest";
import { type Bundle, bundled } from "../../bench/sizes/bundled.ts";

declare module "vitest" {
  interface TaskMeta {
    /** How much of their budgets the bundles take; `pnpm test` prints it. */
    coverage?: string;
  }
}

/** Bytes, minified and compressed by gzip. */
const budgets = { oneCall: 8_000, everything: 16_000 };

const oneCall = `
  import { createConnection, fetchProfile } from "@memory-api/client";
  globalThis.used = [createConnection, fetchProfile];
`;

const everything = `
  export * from "@memory-api/client";
  export * from "@memory-api/client/undici";
  export * from "@memory-api/client/opentelemetry";
`;

const ofTheCommand = ({ modules }: Bundle) => modules.filter((module) => module.includes("dist/command/"));

describe.each(["neutral", "browser"] as const)("a bundle for the platform %s", (platform) => {
  it("of one call and of everything is within its budget", async ({ task }) => {
    const [one, all] = await Promise.all([bundled(oneCall, platform), bundled(everything, platform)]);
    task.meta.coverage =
      `${one.bytes} of ${budgets.oneCall} bytes in a bundle of one call, ` +
      `${all.bytes} of ${budgets.everything} in one of everything (${platform}, gzip)`;
    expect(one.bytes).toBeLessThanOrEqual(budgets.oneCall);
    expect(all.bytes).toBeLessThanOrEqual(budgets.everything);
  });

  it("of everything would not pass for one of one call, so what is not used is left out", async () => {
    expect((await bundled(everything, platform)).bytes).toBeGreaterThan(budgets.oneCall);
  });

  it("has nothing of the command in it", async () => {
    const bundles = await Promise.all([bundled(oneCall, platform), bundled(everything, platform)]);
    expect(bundles.flatMap(ofTheCommand)).toEqual([]);
    expect(ofTheCommand(await bundled('import "./dist/command/cli.js";', platform))).not.toEqual([]);
  });
});

it("what is bundled is the built package", async () => {
  const { modules } = await bundled(oneCall, "neutral");
  expect(modules.filter((module) => module.startsWith("dist/"))).not.toEqual([]);
  expect(modules.filter((module) => module.startsWith("src/"))).toEqual([]);
});
