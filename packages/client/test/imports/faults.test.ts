import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connectionWith } from "../../src/connection/connection.ts";
import { createImports, type Imports } from "../../src/imports/imports.ts";
import { mapping } from "./csv-sources.ts";
import { eagerEnvironment } from "./eager-environment.ts";
import { startSandboxProcess } from "./sandbox-process.ts";

const contacts = () => new Blob(["email,name\nada.reyes@example.com,Ada\n"]);

let sandbox: Awaited<ReturnType<typeof startSandboxProcess>>;
let imports: Imports;
beforeAll(async () => {
  sandbox = await startSandboxProcess();
  const { url: baseUrl, apiKey, apiSecret } = sandbox;
  const connection = connectionWith(eagerEnvironment(), { baseUrl, credentials: { apiKey, apiSecret } });
  imports = createImports(connection, "mem_store_00000000000000000000000000");
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.stop());

/** How many imports there are once the faults are over. */
async function created(): Promise<number> {
  await sandbox.setFaults([]);
  return (await imports.list()).imports.length;
}

describe("an import over a network that fails", () => {
  it.each([
    ["429", { kind: "status", status: 429, retryAfter: 1 }],
    ["latency", { kind: "latency", ms: 20 }],
    ["slow answers", { kind: "slow", bytesPerSecond: 4000 }],
  ] as const)("is completed, and made once, through a storm of %s", async (_, fault) => {
    await sandbox.setFaults([{ times: 3, fault }]);
    await expect(imports.run(contacts(), { mapping })).resolves.toMatchObject({ status: "COMPLETED" });
    expect(await created()).toBe(1);
  });

  it.each([
    ["503", { kind: "status", status: 503 }],
    ["connections that break off", { kind: "reset" }],
    ["answers that are cut off", { kind: "truncate" }],
  ] as const)("is completed through %s, once it is made", async (_, fault) => {
    await sandbox.setFaults([
      { operationId: "uploadImportFile", times: 2, fault },
      { operationId: "fetchProfileImportV2", times: 3, fault },
    ]);
    await expect(imports.run(contacts(), { mapping })).resolves.toMatchObject({ status: "COMPLETED" });
    expect(await created()).toBe(1);
  });

  it.each([
    ["made, but nobody heard of it", { kind: "truncate" }, 1],
    ["not made, and nobody heard of that", { kind: "reset" }, 0],
    ["refused with 503", { kind: "status", status: 503 }, 0],
  ] as const)("is not made a second time where it was %s", async (_, fault, count) => {
    await sandbox.setFaults([{ operationId: "createProfilesImportV2", times: 1, fault }]);
    const job = imports.run(contacts(), { mapping });
    await expect(job).rejects.toMatchObject({ operationId: "createProfilesImportV2", attempts: 1 });
    expect(await created()).toBe(count);
  });
});
