import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connectionWith } from "../../src/connection/connection.ts";
import { createImports, type Imports } from "../../src/imports/imports.ts";
import { sandboxProcess } from "../sandbox-process.ts";
import { contacts, mapping } from "./csv-sources.ts";
import { eagerEnvironment } from "./eager-environment.ts";

const run = () => imports.run(new Blob([contacts]), { mapping });

let sandbox: Awaited<ReturnType<typeof sandboxProcess>>;
let imports: Imports;
beforeAll(async () => {
  sandbox = await sandboxProcess();
  const { url: baseUrl, credentials, storeId } = sandbox;
  imports = createImports(connectionWith(eagerEnvironment(), { baseUrl, credentials }), storeId);
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.stop());

/** Ends the faults, and returns the number of imports. */
async function createdImports(): Promise<number> {
  await sandbox.recover();
  return (await imports.list()).imports.length;
}

describe("an import over a failing network", () => {
  it.each([
    ["429", { kind: "status", status: 429, retryAfter: 1 }],
    ["latency", { kind: "latency", ms: 20 }],
    ["slow responses", { kind: "slow", bytesPerSecond: 4000 }],
  ] as const)("completes and is created once in spite of %s at each step", async (_, fault) => {
    await sandbox.planFaults([{ times: 3, fault }]);
    await expect(run()).resolves.toMatchObject({ status: "COMPLETED" });
    expect(await createdImports()).toBe(1);
  });

  it.each([
    ["503", { kind: "status", status: 503 }],
    ["broken connections", { kind: "reset" }],
    ["truncated responses", { kind: "truncate" }],
  ] as const)("completes in spite of %s after it was created", async (_, fault) => {
    await sandbox.planFaults([
      { operationId: "uploadImportFile", times: 2, fault },
      { operationId: "fetchProfileImportV2", times: 3, fault },
    ]);
    await expect(run()).resolves.toMatchObject({ status: "COMPLETED" });
    expect(await createdImports()).toBe(1);
  });

  it("is rejected by its first response if the option retry is false", async () => {
    const fault = { kind: "status", status: 429, retryAfter: 1 } as const;
    await sandbox.planFaults([{ operationId: "createProfilesImportV2", times: 1, fault }]);
    const job = imports.run(new Blob([contacts]), { mapping, retry: false });
    await expect(job).rejects.toMatchObject({ operationId: "createProfilesImportV2", status: 429, attempts: 1 });
    expect(await createdImports()).toBe(0);
  });

  it.each([
    ["was created, but the response was lost", { kind: "truncate" }, 1],
    ["was not created, and the connection broke", { kind: "reset" }, 0],
    ["was rejected with 503", { kind: "status", status: 503 }, 0],
  ] as const)("is not created again if it %s", async (_, fault, count) => {
    await sandbox.planFaults([{ operationId: "createProfilesImportV2", times: 1, fault }]);
    await expect(run()).rejects.toMatchObject({ operationId: "createProfilesImportV2", attempts: 1 });
    expect(await createdImports()).toBe(count);
  });
});
