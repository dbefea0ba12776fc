import { describe, expect, it } from "vitest";
import { bundleBudgets } from "../../bench/sizes/bundle-budgets.ts";
import { type Bundle, bundled } from "../../bench/sizes/bundled.ts";

declare module "vitest" {
  interface TaskMeta {
    /** Sizes of the bundles and their budgets; `pnpm test` prints it. */
    coverage?: string;
  }
}

const { oneCall, fetchClientCall, everything } = bundleBudgets;

const ofTheCommand = ({ modules }: Bundle) => modules.filter((module) => module.includes("dist/command/"));
const ofOpenapiFetch = ({ modules }: Bundle) => modules.filter((module) => module.includes("openapi-fetch/"));

describe.each(["neutral", "browser"] as const)("a bundle for the platform %s", (platform) => {
  const bundle = ({ program }: { program: string }) => bundled(program, platform);

  it("of one call and of everything is within its budget", async ({ task }) => {
    const [one, all] = await Promise.all([bundle(oneCall), bundle(everything)]);
    task.meta.coverage =
      `${one.bytes} of ${oneCall.budget} bytes in a bundle of one call, ` +
      `${all.bytes} of ${everything.budget} in one of everything (${platform}, gzip)`;
    expect(one.bytes).toBeLessThanOrEqual(oneCall.budget);
    expect(all.bytes).toBeLessThanOrEqual(everything.budget);
  });

  it("of one call through the openapi-fetch client is within its budget, openapi-fetch included", async ({ task }) => {
    const { bytes, modules } = await bundle(fetchClientCall);
    task.meta.coverage = `${bytes} of ${fetchClientCall.budget} bytes in a bundle of one call through openapi-fetch (${platform}, gzip)`;
    expect(bytes).toBeLessThanOrEqual(fetchClientCall.budget);
    expect(modules).toContainEqual(expect.stringMatching(/node_modules\/openapi-fetch\/dist\/index\.mjs$/));
  });

  it("of everything exceeds the budget of one call, so unused code is left out of the latter", async () => {
    expect((await bundle(everything)).bytes).toBeGreaterThan(oneCall.budget);
  });

  it("contains nothing of the command", async () => {
    const bundles = await Promise.all([oneCall, fetchClientCall, everything].map(bundle));
    expect(bundles.flatMap(ofTheCommand)).toEqual([]);
    expect(ofTheCommand(await bundled('import "./dist/command/cli.js";', platform))).not.toEqual([]);
  });

  it("contains nothing of openapi-fetch, unless it imports the openapi-fetch client", async () => {
    const bundles = await Promise.all([oneCall, everything].map(bundle));
    expect(bundles.flatMap(ofOpenapiFetch)).toEqual([]);
    expect(ofOpenapiFetch(await bundle(fetchClientCall))).toContain("dist/web/openapi-fetch/index.js");
  });
});

it("bundles are made of the built package", async () => {
  for (const { program } of [oneCall, fetchClientCall]) {
    const { modules } = await bundled(program, "neutral");
    expect(modules.filter((module) => module.startsWith("dist/"))).not.toEqual([]);
    expect(modules.filter((module) => module.startsWith("src/"))).toEqual([]);
  }
});
