import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sandboxProcess } from "../sandbox-process.ts";
import { documents, memory } from "./memory.ts";

let sandbox: Awaited<ReturnType<typeof sandboxProcess>>;
const mapping = ["--map", "email=Contact.email", "--map", "first name=Contact.firstName"];
const runImport = (given: string[]) =>
  memory(["import", ...given], { cwd: sandbox.folder, environment: sandbox.environment });

beforeAll(async () => {
  sandbox = await sandboxProcess();
});
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.reset());

const people = "email,first name\nada@example.com,Ada\njonas@example.com,Jonas\n";
const importId = "mem_import_[0-7][0-9a-z]{25}";

describe("memory import", () => {
  it("prints its progress line by line, and the result", async () => {
    await sandbox.write("people.csv", people);
    const { code, stdout, stderr } = await runImport(["people.csv", ...mapping]);
    expect(stderr).toMatch(
      new RegExp(`^created ${importId}\nuploading 0 %\nuploading 100 %\nuploaded\n(processing\n)?$`),
    );
    expect(stdout).toMatch(new RegExp(`^Import ${importId} is completed: all rows were applied.\n$`));
    expect(code).toBe(0);
  });

  it("reports failed rows of a completed import, and exits with 3", async () => {
    await sandbox.write("people.csv", `${people},Nobody\n`);
    const { code, stdout } = await runImport(["people.csv", ...mapping]);
    expect([code, stdout]).toEqual([
      3,
      expect.stringContaining("is completed, but 1 row failed and was not applied.\n"),
    ]);
  });

  it("fails if the import fails", async () => {
    await sandbox.write("people.csv", `email,first name\n${",Nobody\n".repeat(100)}`);
    const { code, stdout, stderr } = await runImport(["people.csv", ...mapping]);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(new RegExp(`\nmemory: Import ${importId} failed: 100 rows failed.[^\n]*\n$`));
  });

  it("prints each event as a line of JSON", async () => {
    await sandbox.write("people.csv", people);
    const { code, stdout, stderr } = await runImport(["people.csv", ...mapping, "--json"]);
    expect([code, stderr]).toEqual([0, ""]);
    const events = documents(stdout);
    expect(events[0]).toEqual({ type: "created", importId: expect.stringMatching(importId) });
    expect(events).toContainEqual({ type: "uploading", loaded: people.length, total: people.length });
    expect(events.at(-1)).toMatchObject({
      type: "completed",
      status: "COMPLETED",
      summary: { errors: 0, warnings: 0 },
    });
  });

  it("sends nothing if the file lacks a mapped column, and names the column", async () => {
    await sandbox.write("people.csv", people.replace("first name", "name"));
    expect(await runImport(["people.csv", ...mapping])).toEqual({
      code: 1,
      stdout: "",
      stderr: 'memory: The header row lacks these mapped columns: "first name". It contains: "email", "name".\n',
    });
    expect(await sandbox.requestedOperations()).toEqual([]);
  });

  it("splits a mapping at its last =, so that the name of a column can contain one", async () => {
    await sandbox.write("people.csv", people.replace("first name", "a=b"));
    expect((await runImport(["people.csv", "--map", "a=b=Contact.city", "--map", "email=Contact.email"])).code).toBe(0);
  });

  it("prints the command that starts again if the service did not receive the file", async () => {
    await sandbox.write("people of today.csv", people);
    await sandbox.fail("uploadImportFile", { kind: "status", status: 429, retryAfter: 3600 });
    const { code, stderr } = await runImport(["people of today.csv", ...mapping]);
    expect(code).toBe(1);
    expect(stderr.split("\n").slice(-3)).toEqual([
      expect.stringMatching(/^memory: .* \(uploadImportFile: status 429, code 20429, request \S+\)$/),
      expect.stringMatching(
        `^Import ${importId} did not receive its file. Import it again with: memory import 'people of today.csv' --map email=Contact.email --map 'first name=Contact.firstName'$`,
      ),
      "",
    ]);
    expect(stderr).not.toMatch(/https?:|token/);
  });

  it("suggests a command that does not read the name of the file as an option", async () => {
    await sandbox.write("-people.csv", people);
    await sandbox.fail("uploadImportFile", { kind: "status", status: 429, retryAfter: 3600 });
    const { stderr } = await runImport([...mapping, "--", "-people.csv"]);
    expect(stderr).toContain("Import it again with: memory import ./-people.csv --map ");
  });
});

describe("memory import --resume", () => {
  const seeded = "mem_import_01kkbk0tfteqn89st3b7v4f5y8";

  it("waits for the import, and prints its result", async () => {
    await sandbox.write("people.csv", `${people},Nobody\n`);
    const [created] = documents((await runImport(["people.csv", ...mapping, "--json"])).stdout);
    const id = String(Object(created).importId);
    expect(await runImport(["--resume", id])).toEqual({
      code: 3,
      stdout: `Import ${id} is completed, but 1 row failed and was not applied.\n`,
      stderr: expect.stringMatching(/^waiting\n(processing\n)?$/),
    });
  });

  it("fails if there is no such import", async () => {
    const { code, stderr } = await runImport(["--resume", seeded]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^waiting\nmemory: [^\n]* \(fetchProfileImportV2: status 404, code 20404, request \S+\)\n$/);
  });
});
