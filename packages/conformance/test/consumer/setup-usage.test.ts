import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { UsageManifest } from "../../src/consumer/manifest/usage-manifest.ts";

const consumer = fileURLToPath(new URL("../../src/consumer/index.ts", import.meta.url));
const vitest = fileURLToPath(new URL("../../node_modules/vitest/vitest.mjs", import.meta.url));

let folder: string;
let manifest: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "memory-setup-usage-"));
  manifest = join(folder, "memory-usage.json");
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
});
afterAll(() => rm(folder, { recursive: true }));

const url = "http://127.0.0.1/v1/Stores/mem_store_00000000000000000000000000/Profiles";

/** A test file that works in both runners. */
const testFile = (runner: string, query: string, assertion: string, rejection: string) => `
import { setupUsage } from ${JSON.stringify(consumer)};
${
  runner === "vitest"
    ? `import { afterAll, afterEach, it } from ${JSON.stringify(vitest.replace("vitest.mjs", "dist/index.js"))};`
    : 'import { after as afterAll, afterEach, it } from "node:test";'
}
const usage = setupUsage({ manifest: ${JSON.stringify(manifest)}, afterEach, afterAll });
const body = '{"profiles":[],"meta":{"key":"profiles","pageSize":50}}';
const send = usage.wrap(async () => new Response(body, { headers: { "Content-Type": "application/json" } }));
it("lists profiles", async () => {
  const response = await send("${url}${query}", { headers: { Authorization: "Basic YTpi" } });
  if (!("profiles" in await response.json())) throw new Error("no profiles");
  ${rejection === "" ? "" : `throw new Error(${JSON.stringify(rejection)});`}
});
it("passes", () => {});
${assertion === "" ? "" : `it("fails", () => { throw new Error(${JSON.stringify(assertion)}); });`}
`;

const runners = {
  vitest: (file: string) => [vitest, "run", "--root", folder, "--reporter", "verbose", file],
  "node:test": (file: string) => ["--test", file],
};

/** Runs a test file. @returns whether it passed, and what it printed */
async function run(runner: keyof typeof runners, mode: string, query = "", assertion = "", rejection = "") {
  const file = join(folder, "consumer.test.mjs");
  await writeFile(file, testFile(runner, query, assertion, rejection));
  const { NODE_TEST_CONTEXT: _, ...environment } = process.env;
  const env = { ...environment, MEMORY_USAGE: mode, NO_COLOR: "1", FORCE_COLOR: "0" };
  return new Promise<{ hasPassed: boolean; printed: string }>((resolve) => {
    execFile(process.execPath, runners[runner](file), { env, cwd: folder }, (error, stdout, stderr) =>
      resolve({ hasPassed: error === null, printed: stdout + stderr }),
    );
  });
}

const written = async (): Promise<UsageManifest> => JSON.parse(await readFile(manifest, "utf8"));

describe.each(["vitest", "node:test"] as const)("setupUsage in %s", (runner) => {
  it("checks the manifest, and writes it on request", async () => {
    await rm(manifest, { force: true });
    const missing = await run(runner, "check");
    expect(missing.printed).toContain("memory-usage.json does not exist");
    expect(missing.hasPassed).toBe(false);
    expect(await run(runner, "update")).toMatchObject({ hasPassed: true });
    expect(Object.keys((await written()).operations)).toEqual(["listProfiles"]);
    expect(await run(runner, "check")).toMatchObject({ hasPassed: true });
  });

  it("fails if the manifest is stale", async () => {
    const stale = await run(runner, "check", "?pageSize=2");
    expect(stale.printed).toContain("+ listProfiles sends query/pageSize");
    expect(stale.hasPassed).toBe(false);
    expect(await run(runner, "off", "?pageSize=2")).toMatchObject({ hasPassed: true });
  });

  it("fails the test that sends a wrong request, and that test alone, and leaves the manifest alone", async () => {
    const before = await written();
    const { hasPassed, printed } = await run(runner, "update", "?pagesize=2");
    expect(printed).toContain("unknown-query-parameter");
    expect(printed).toContain("did you mean pageSize?");
    expect(printed).toMatch(runner === "vitest" ? /1 failed \| 1 passed/ : /fail 1\n/);
    expect(hasPassed).toBe(false);
    expect(await written()).toEqual(before);
  });

  it("shows the finding if the test fails, too", async () => {
    const { hasPassed, printed } = await run(runner, "check", "?pagesize=2", "", "wrong result");
    expect(printed).toContain("wrong result");
    expect(printed).toContain("did you mean pageSize?");
    expect(hasPassed).toBe(false);
  });

  it("leaves the manifest alone if a test fails for another reason", async () => {
    const before = await written();
    expect(await run(runner, "update", "?pageSize=2", "wrong result")).toMatchObject({ hasPassed: false });
    expect(await written()).toEqual(before);
  });
});
