import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { recordingServer } from "../recording-server.ts";
import { sandboxProcess } from "../sandbox-process.ts";
import { documents, memory } from "./memory.ts";

let sandbox: Awaited<ReturnType<typeof sandboxProcess>>;
const runImport = (given: string[]) =>
  memory(["import", ...given], { cwd: sandbox.folder, environment: sandbox.environment });

beforeAll(async () => {
  sandbox = await sandboxProcess();
});
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.reset());

const people = "email,first name\nada@example.com,Ada\njonas@example.com,Jonas\n";
const time = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\S*Z";

/** Imports a file, and returns the ID of the import. */
async function imported(name: string, content: string): Promise<string> {
  await sandbox.write(name, content);
  const mapping = ["--map", "email=Contact.email", "--map", "first name=Contact.firstName"];
  const [created] = documents((await runImport([`./${name}`, ...mapping, "--json"])).stdout);
  return String(Object(created).importId);
}

describe("memory import list", () => {
  it("prints a table of the imports, newest first", async () => {
    const first = await imported("people.csv", people);
    const second = await imported("more people.csv", `${people},Nobody\n`);
    const { code, stdout, stderr } = await runImport(["list"]);
    expect([code, stderr]).toEqual([0, ""]);
    const [head, ...rows] = stdout.trimEnd().split("\n");
    expect(head).toBe("IMPORT ID                              STATUS      CREATED                   FAILED ROWS  FILE");
    expect(rows).toEqual([
      expect.stringMatching(`^${second}  COMPLETED   ${time}  1            more people.csv$`),
      expect.stringMatching(`^${first}  COMPLETED   ${time}  0            people.csv$`),
    ]);
  });

  it("prints no more than the limit", async () => {
    await imported("people.csv", people);
    const second = await imported("more.csv", people);
    const { stdout } = await runImport(["list", "--limit", "1"]);
    expect(stdout.split("\n")).toEqual([expect.stringContaining("IMPORT ID"), expect.stringContaining(second), ""]);
  });

  it("prints one line of JSON per import", async () => {
    const first = await imported("people.csv", people);
    const second = await imported("more.csv", people);
    const { stdout, stderr } = await runImport(["list", "--json"]);
    expect(stderr).toBe("");
    expect(documents(stdout)).toEqual([
      expect.objectContaining({ importId: second, status: "COMPLETED", filename: "more.csv" }),
      expect.objectContaining({ importId: first, status: "COMPLETED", filename: "people.csv" }),
    ]);
  });

  it("reports on standard error that the store has no imports", async () => {
    expect(await runImport(["list"])).toEqual({ code: 0, stdout: "", stderr: "The store has no imports.\n" });
    expect(await runImport(["list", "--json"])).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  it("prints as many imports as the API lists, in their order, without a warning", async () => {
    const server = await recordingServer();
    onTestFinished(() => void server.close());
    const ids = Array.from({ length: 100 }, (_, index) => `mem_import_${String(index).padStart(26, "0")}`);
    const state = { status: "PENDING", filename: "a.csv", createdAt: "2026-03-02T10:00:00Z" };
    server.respondWith({ status: 200, body: { imports: ids } }, { status: 200, body: state });
    const environment = { ...sandbox.environment, MEMORY_BASE_URL: server.url };
    const { code, stdout, stderr } = await memory(["import", "list"], { environment });
    expect([code, stderr]).toEqual([0, ""]);
    const rows = stdout.trimEnd().split("\n").slice(1);
    expect(rows.map((row) => row.slice(0, ids[0]?.length))).toEqual(ids);
    expect(rows[0]).toBe(`${ids[0]}  PENDING     2026-03-02T10:00:00Z      -            a.csv`);
  });
});

describe("memory import status", () => {
  it("prints one property per line", async () => {
    const id = await imported("people.csv", `${people},Nobody\n`);
    const { code, stdout, stderr } = await runImport(["status", id]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout.trimEnd().split("\n")).toEqual([
      `importId: ${id}`,
      "status: COMPLETED",
      "filename: people.csv",
      expect.stringMatching(`^createdAt: ${time}$`),
      expect.stringMatching(`^updatedAt: ${time}$`),
      `fileSize: ${people.length + 8} bytes`,
      "columns: email=Contact.email, first name=Contact.firstName",
      "failed rows: 1",
      "rows with warnings: 0",
    ]);
  });

  it("prints the import as JSON", async () => {
    const id = await imported("people.csv", people);
    const { stdout } = await runImport(["status", id, "--json"]);
    expect(documents(stdout)).toMatchObject([
      { importId: id, status: "COMPLETED", filename: "people.csv", summary: { errors: 0, warnings: 0 } },
    ]);
  });

  it("escapes control characters, and omits properties that the response lacks", async () => {
    const server = await recordingServer();
    onTestFinished(() => void server.close());
    const body = { status: "PAUSED\u001b[2J", filename: "a\n\u009bb.csv", createdAt: "2026-03-02T10:00:00Z" };
    server.respondWith({ status: 200, body });
    const environment = { ...sandbox.environment, MEMORY_BASE_URL: server.url };
    const id = "mem_import_01kkbk0tfteqn89st3b7v4f5y8";
    const { stdout } = await memory(["import", "status", id], { environment });
    expect(stdout).toBe(
      `importId: ${id}\nstatus: PAUSED\\u001b[2J\nfilename: a\\u000a\\u009bb.csv\ncreatedAt: 2026-03-02T10:00:00Z\n`,
    );
  });

  it("fails if there is no such import", async () => {
    const { code, stderr } = await runImport(["status", "mem_import_01kkbk0tfteqn89st3b7v4f5y8"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^memory: [^\n]* \(fetchProfileImportV2: status 404, code 20404, request \S+\)\n$/);
  });
});

describe("a file that is named list", () => {
  it("is imported if it is written ./list", async () => {
    await imported("list", people);
    expect((await runImport(["list"])).stdout).toMatch(/ 0 +list\n$/);
  });

  it("is not imported if it is written list, and the help describes the alternative", async () => {
    await sandbox.write("list", people);
    const { code, stderr } = await runImport(["list", "--map", "email=Contact.email"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^memory: memory import list has no option --map. .* See memory import list --help.\n$/);
    expect((await runImport(["--help"])).stdout).toContain("write ./list or ./status");
  });
});
