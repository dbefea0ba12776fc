import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { run } from "../support/run.ts";
import { installSuite } from "./install-suite.ts";
import { matrixOf } from "./matrix.ts";
import type { RuntimeReport } from "./runtime.ts";
import { nodePackages, nodes, runtimes } from "./runtimes.ts";
import { type SandboxProcess, startSandboxProcess } from "./sandbox-process.ts";
import { checkNames } from "./suite/core-suite.ts";

const reports = new Map<string, RuntimeReport>();
let folder: string;
let sandbox: SandboxProcess;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "memory-api-runtimes-")));
  await installSuite(folder, nodePackages);
  sandbox = await startSandboxProcess(folder);
}, 900_000);
afterAll(async () => {
  console.log(matrixOf(reports.values(), checkNames));
  await sandbox?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe.each(runtimes)("the client on $name", ({ name, version, reasonToSkip, run: runOn }) => {
  beforeAll(async () => {
    if (reasonToSkip !== undefined) return console.warn(`Skipped: ${reasonToSkip}`);
    await sandbox.reset();
    reports.set(name, await runOn(folder, sandbox.settings));
  });
  beforeEach(({ skip }) => skip(reasonToSkip !== undefined, reasonToSkip));

  it.each(checkNames)("%s", (check) => {
    expect(reports.get(name)?.results.find((result) => result.name === check)).toEqual({ name: check, ok: true });
  });

  it("passed all checks, on the expected version", () => {
    const report = reports.get(name);
    expect(report?.version).toMatch(version);
    expect(report?.results.map((result) => result.name)).toEqual(checkNames);
  });
});

describe.each(nodes)("CommonJS code on Node.js $major", ({ program }) => {
  it("can require the client", async () => {
    const args = [join(folder, "require-client.cjs"), JSON.stringify(sandbox.settings)];
    expect(await run(program(folder), args)).toBe("200\n");
  });

  it("sends requests with node:http, unless globalThis.fetch was replaced", async () => {
    const args = [join(folder, "report-transports.cjs"), JSON.stringify(sandbox.settings)];
    expect(JSON.parse(await run(program(folder), args))).toEqual({
      first: ["node:http"],
      loadsFetch: false,
      afterFetch: ["node:http"],
      withReplacedFetch: ["fetch"],
    });
  });
});
