import { describe, expect, it } from "vitest";
import { type BundledProgram, bundleBudgets } from "../../bench/sizes/bundle-budgets.ts";
import { type Bundle, bundled, moduleSizes } from "../../bench/sizes/bundled.ts";
import { growth, recordedSizes } from "../../bench/sizes/module-record.ts";

declare module "vitest" {
  interface TaskMeta {
    /** Sizes of the bundles and their budgets; `pnpm test` prints it. */
    coverage?: string;
  }
}

const { oneCall, fetchClientCall, everything } = bundleBudgets;

const ofTheCommand = ({ modules }: Bundle) => modules.filter((module) => module.includes("dist/command/"));
const ofOpenapiFetch = ({ modules }: Bundle) => modules.filter((module) => module.includes("openapi-fetch/"));

/** Fails with the modules that have grown if a bundle exceeds its budget. */
async function expectWithinBudget(name: BundledProgram, { bytes }: Bundle) {
  const { program, budget } = bundleBudgets[name];
  if (bytes <= budget) return;
  const grown = growth(await moduleSizes(program), recordedSizes(name));
  expect.fail(`The bundle ${name} has ${bytes} bytes. Its budget is ${budget} bytes.\n${grown}`);
}

describe.each(["neutral", "browser"] as const)("a bundle for the platform %s", (platform) => {
  const bundle = ({ program }: { program: string }) => bundled(program, platform);

  it("of one call and of everything is within its budget", async ({ task }) => {
    const [one, all] = await Promise.all([bundle(oneCall), bundle(everything)]);
    task.meta.coverage =
      `${one.bytes} of ${oneCall.budget} bytes in a bundle of one call, ` +
      `${all.bytes} of ${everything.budget} in one of everything (${platform}, gzip)`;
    await expectWithinBudget("oneCall", one);
    await expectWithinBudget("everything", all);
  });

  it("of one call through the openapi-fetch client is within its budget, openapi-fetch included", async ({ task }) => {
    const call = await bundle(fetchClientCall);
    task.meta.coverage = `${call.bytes} of ${fetchClientCall.budget} bytes in a bundle of one call through openapi-fetch (${platform}, gzip)`;
    await expectWithinBudget("fetchClientCall", call);
    expect(call.modules).toContainEqual(expect.stringMatching(/node_modules\/openapi-fetch\/dist\/index\.mjs$/));
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

describe("the failure of a budget", () => {
  it("names the modules that are larger than recorded or new, with both sizes", () => {
    const recorded = {
      "src/larger.ts": 120,
      "src/much-larger.ts": 10,
      "src/same.ts": 5,
      "src/smaller.ts": 90,
      "src/gone.ts": 7,
    };
    const current = {
      "src/larger.ts": 300,
      "src/much-larger.ts": 900,
      "src/new.ts": 50,
      "src/same.ts": 5,
      "src/smaller.ts": 80,
    };
    expect(growth(current, recorded)).toBe(
      `Modules that are larger than in bench/sizes/module-sizes.json, minified:
  src/much-larger.ts: 10 → 900 bytes
  src/larger.ts: 120 → 300 bytes
  src/new.ts: new → 50 bytes`,
    );
    expect(growth(recorded, recorded)).toBe("No module is larger than in bench/sizes/module-sizes.json.");
  });

  it("has the sizes of source modules and of bundled packages", async () => {
    const sizes = await moduleSizes(fetchClientCall.program);
    const recorded = recordedSizes("fetchClientCall");
    for (const path of ["src/openapi-fetch/create-fetch-client.ts", "src/resilience/with-retries.ts"]) {
      expect(growth(sizes, { ...recorded, [path]: 1 })).toContain(`${path}: 1 → ${sizes[path]} bytes`);
    }
    expect(Object.keys(sizes)).toContainEqual(expect.stringMatching(/node_modules\/openapi-fetch\//));
  });

  it("is reported by the test of a bundle", async () => {
    const tooLarge = { bytes: oneCall.budget + 1, modules: [] };
    await expect(expectWithinBudget("oneCall", tooLarge)).rejects.toThrow(
      /^The bundle oneCall has .+\n.+module-sizes\.json/,
    );
  });
});
