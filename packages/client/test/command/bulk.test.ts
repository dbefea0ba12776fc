import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sandboxProcess } from "../sandbox-process.ts";
import { documents, memory } from "./memory.ts";

let sandbox: Awaited<ReturnType<typeof sandboxProcess>>;
const bulk = (given: string[], input?: string) =>
  memory(["bulk", ...given], {
    cwd: sandbox.folder,
    environment: sandbox.environment,
    ...(input !== undefined && { input }),
  });
const count = async () => {
  const { stdout } = await memory(["profile", "list"], { environment: sandbox.environment });
  return stdout.split("\n").length - 1;
};

beforeAll(async () => {
  sandbox = await sandboxProcess();
});
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.reset());

/** Returns lines of people, one of which can be replaced. */
function people(length: number, other?: { readonly at: number; readonly line: string }): string {
  const lines = Array.from({ length }, (_, index) => `{"traits":{"Contact":{"email":"p${index}@example.com"}}}`);
  if (other) lines[other.at - 1] = other.line;
  return `${lines.join("\n")}\n`;
}

describe("memory bulk", () => {
  it("sends a file in several requests, and prints how many profiles were accepted", async () => {
    await sandbox.write("people.ndjson", people(2500));
    expect(await bulk(["people.ndjson"])).toEqual({
      code: 0,
      stdout: "2500 profiles were accepted.\n",
      stderr: expect.stringMatching(/^sending \d+ % 1000 accepted\n(.*\n)*sending 100 % 2500 accepted\n$/),
    });
    expect(await count()).toBe(2500);
  });

  it("sends standard input", async () => {
    expect(await bulk(["-"], people(1).trimEnd())).toMatchObject({ code: 0, stdout: "1 profile was accepted.\n" });
    expect(await count()).toBe(1);
  });

  it("accepts an empty line at the end", async () => {
    expect(await bulk(["-"], `${people(1)}\r\n`)).toMatchObject({ code: 0, stdout: "1 profile was accepted.\n" });
  });

  it("prints only a line of JSON for each request with --json", async () => {
    const { stdout, stderr } = await bulk(["-", "--json", "--concurrency", "2"], people(1500));
    expect(stderr).toBe("");
    expect(documents(stdout)).toHaveLength(2);
    expect(documents(stdout)).toContainEqual({ from: 0, to: 1000, status: "accepted" });
    expect(documents(stdout)).toContainEqual({ from: 1000, to: 1500, status: "accepted" });
  });

  it.each([
    ["a line that is not valid JSON", '{"traits":{"Contact":{"email":"canary@example.com"}}'],
    ["traits without the property traits", '{"Contact":{"email":"canary@example.com"}}'],
    ["an array", '["canary@example.com"]'],
    ["traits that are an array", '{"traits":["canary@example.com"]}'],
    ["an empty line", ""],
  ])("stops at a line that is not a profile, and prints its number: %s", async (_, line) => {
    await sandbox.write("people.ndjson", people(2500, { at: 1204, line }));
    const { code, stdout, stderr } = await bulk(["people.ndjson"]);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr.split("\n").slice(-3)).toEqual([
      'memory: Line 1204 is not a profile: each line must be a JSON object such as {"traits":{"Contact":{…}}}.',
      "Resume with: memory bulk people.ndjson --start-at 1000",
      "",
    ]);
    expect(await count()).toBe(1000);
  });

  it("prints which lines were not accepted and why, and a command that sends the rest", async () => {
    const wrong = '{"traits":{"Contact":{"mail":"canary@example.com"}}}';
    await sandbox.write("people.ndjson", people(2500, { at: 1204, line: wrong }));
    const { code, stderr } = await bulk(["people.ndjson", "--store", sandbox.environment.MEMORY_STORE_ID]);
    expect(code).toBe(1);
    const [reason, advice = ""] = stderr.split("\n").slice(-3);
    expect(reason).toMatch(
      /^memory: Lines 1001 to 2000 were not accepted because of line 1204: \/profiles\/203\/traits\/Contact\/mail: .* \(updateProfilesBulk: status 400, code 520047, request \S+\)$/,
    );
    expect(stderr).not.toContain("canary");
    expect(await count()).toBe(1000);

    await sandbox.write("people.ndjson", people(2500));
    const [, command = ""] = /^Resume with: memory bulk (.*)$/.exec(advice) ?? [];
    expect(await bulk(command.split(" "))).toMatchObject({ code: 0, stdout: "1500 profiles were accepted.\n" });
    expect(await count()).toBe(2500);
  });

  it("prints the same as JSON", async () => {
    await sandbox.write("people.ndjson", people(20, { at: 7, line: '{"traits":{}}' }));
    const { code, stdout, stderr } = await bulk(["people.ndjson", "--json", "--concurrency", "3"]);
    expect(code).toBe(1);
    const cause = { name: "MemoryApiError", status: 400 };
    expect(documents(stdout)).toMatchObject([{ from: 0, to: 20, status: "failed", error: cause }]);
    expect(documents(stderr)).toMatchObject([
      {
        name: "BulkUpsertError",
        from: 0,
        to: 20,
        resumeAt: 0,
        itemIndex: 6,
        cause,
        next: "memory bulk people.ndjson --json --concurrency 3 --start-at 0",
      },
    ]);
  });

  it("sends nothing if the file does not exist", async () => {
    expect(await bulk(["nowhere.ndjson"])).toEqual({
      code: 1,
      stdout: "",
      stderr: "memory: nowhere.ndjson cannot be read (ENOENT).\n",
    });
  });
});
