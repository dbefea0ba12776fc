import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sandboxProcess } from "../sandbox-process.ts";
import { documents, memory } from "./memory.ts";

let sandbox: Awaited<ReturnType<typeof sandboxProcess>>;
const profile = (given: string[], input?: string) =>
  memory(["profile", ...given], { environment: sandbox.environment, ...(input !== undefined && { input }) });
const traitsOf = async (id: string) => {
  const [document] = documents((await profile(["get", id, "--json"])).stdout);
  return Object(document).traits;
};

beforeAll(async () => {
  sandbox = await sandboxProcess();
});
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.reset());

const ada = { id: "mem_profile_01kjpx9gbsf34a7d8j2y8hjkqv", createdAt: "2026-03-02T10:00:00.000Z" };
const merged = "mem_profile_01kkhqytkhfm3ssd012pnn7m4p";
const seedAda = () =>
  sandbox.seed([{ ...ada, mergedIds: [merged], traits: { Contact: { email: "ada@example.com", firstName: "Ada" } } }]);

describe("profile create", () => {
  it("prints the ID of the profile", async () => {
    const { code, stdout, stderr } = await profile([
      "create",
      "--set",
      "Contact.email=ada@example.com",
      "--set",
      "Contact.city=a=b",
    ]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(await traitsOf(stdout.trim())).toEqual({ Contact: { email: "ada@example.com", city: "a=b" } });
  });

  it("prints the response as JSON", async () => {
    const { stdout } = await profile(["create", "--json", "--set-json", 'Contact.email="ada@example.com"']);
    expect(documents(stdout)).toEqual([{ id: expect.stringMatching(/^mem_profile_/), message: expect.any(String) }]);
  });

  it("reads the traits from a file, and from standard input", async () => {
    const traits = JSON.stringify({ Contact: { email: "ada@example.com" } });
    const fromFile = await profile(["create", "--traits", await sandbox.write("ada.json", traits)]);
    const fromInput = await profile(["create", "--traits", "-"], traits);
    expect(fromInput).toEqual(fromFile);
    expect(fromFile.code).toBe(0);
  });

  it("prints nothing of an input that is not valid JSON", async () => {
    expect(await profile(["create", "--traits", "-"], "ada@example.com")).toEqual({
      code: 1,
      stdout: "",
      stderr: 'memory: - is not a JSON object of trait groups, such as {"Contact":{"firstName":"Ada"}}.\n',
    });
  });

  it("prints what the service rejects, and where", async () => {
    const { code, stdout, stderr } = await profile(["create", "--set", "Contact.mail=ada@example.com"]);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(
      /^memory: \/traits\/Contact\/mail: .* \(createProfile: status 400, code 520047, request \S+\)\n$/,
    );
  });
});

describe("profile get", () => {
  it("prints one trait per line", async () => {
    await seedAda();
    expect(await profile(["get", ada.id])).toEqual({
      code: 0,
      stdout: `id: ${ada.id}\ncreatedAt: ${ada.createdAt}\nContact.email: ada@example.com\nContact.firstName: Ada\n`,
      stderr: "",
    });
  });

  it("escapes control characters", async () => {
    await sandbox.seed([{ ...ada, traits: { Contact: { email: "a@example.com", city: "\u001b[2J\nid: \u009b" } } }]);
    const { stdout } = await profile(["get", ada.id]);
    expect(stdout.trim().split("\n").at(-1)).toBe("Contact.city: \\u001b[2J\\u000aid: \\u009b");
  });

  it("prints the profile that the given one was merged into", async () => {
    await seedAda();
    expect((await profile(["get", merged])).stdout).toContain(
      `movedFrom: ${merged} (it was merged into this profile)\n`,
    );
    expect(documents((await profile(["get", merged, "--json"])).stdout)).toEqual([
      { ...ada, movedFrom: merged, traits: { Contact: { email: "ada@example.com", firstName: "Ada" } } },
    ]);
  });

  it("prints only the given groups", async () => {
    await seedAda();
    expect((await profile(["get", ada.id, "--groups", "Loyalty,Orders"])).stdout).not.toContain("Contact");
    expect((await profile(["get", ada.id, "--groups", "Loyalty,Contact"])).stdout).toContain("Contact.email");
  });

  it("prints an error as JSON with --json", async () => {
    const { code, stdout, stderr } = await profile(["get", ada.id, "--json"]);
    expect([code, stdout]).toEqual([1, ""]);
    expect(documents(stderr)).toMatchObject([
      { name: "MemoryApiError", operationId: "fetchProfile", status: 404, code: 20404, attempts: 1 },
    ]);
  });

  it.each([
    ["before", (options: string[], id: string) => [...options, "profile", "get", id]],
    ["between", (options: string[], id: string) => ["profile", ...options, "get", id]],
    ["after", (options: string[], id: string) => ["profile", "get", id, ...options]],
  ])("accepts options %s the words of the command", async (_, line) => {
    await seedAda();
    const options = ["--json", "--ready-file", sandbox.readyFile, "--groups", "Contact"];
    const { code, stdout } = await memory(line(options, ada.id));
    expect([code, documents(stdout)]).toMatchObject([0, [{ id: ada.id }]]);
  });

  it("prefers the server and the credentials of a ready file to those of the environment", async () => {
    await seedAda();
    const environment = { MEMORY_BASE_URL: "http://127.0.0.1:1", TWILIO_API_KEY: "other", TWILIO_API_SECRET: "other" };
    const { code } = await memory(["profile", "get", ada.id, "--ready-file", sandbox.readyFile], { environment });
    expect(code).toBe(0);
  });
});

describe("profile patch", () => {
  it("writes and removes traits", async () => {
    await seedAda();
    const { code, stderr } = await profile([
      "patch",
      ada.id,
      "--set",
      "Contact.city=Oakland",
      "--unset",
      "Contact.firstName",
    ]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(await traitsOf(ada.id)).toEqual({ Contact: { email: "ada@example.com", city: "Oakland" } });
  });

  it("follows a merge only with --follow-moved", async () => {
    await seedAda();
    const given = ["patch", merged, "--set", "Contact.city=Oakland"];
    expect(await profile(given)).toEqual({
      code: 1,
      stdout: "",
      stderr: `memory: The profile was merged into ${ada.id}, and nothing was changed. Use that ID, or add --follow-moved.\n`,
    });
    expect((await profile([...given, "--follow-moved"])).code).toBe(0);
    expect(await traitsOf(ada.id)).toMatchObject({ Contact: { city: "Oakland" } });
  });
});

describe("profile delete", () => {
  it("deletes a profile, and prints the message of the response", async () => {
    await seedAda();
    expect(await profile(["delete", ada.id])).toEqual({
      code: 0,
      stdout: expect.stringMatching(/\w.*\n$/),
      stderr: "",
    });
    expect((await profile(["get", ada.id])).code).toBe(1);
  });

  it("follows a merge only with --follow-moved", async () => {
    await seedAda();
    expect((await profile(["delete", merged])).code).toBe(1);
    expect((await profile(["get", ada.id])).code).toBe(0);
    expect((await profile(["delete", merged, "--follow-moved", "--json"])).code).toBe(0);
    expect((await profile(["get", ada.id])).code).toBe(1);
  });
});

describe("profile list", () => {
  let ids: string[];
  beforeEach(async () => {
    const people = Array.from({ length: 250 }, (_, index) => ({
      traits: { Contact: { email: `p${index}@example.com` } },
    }));
    ids = await sandbox.seed(people);
  });

  it("prints all IDs, one per line, newest first", async () => {
    const { code, stdout, stderr } = await profile(["list"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toBe(`${ids.toReversed().join("\n")}\n`);
  });

  it("prints no more than the limit, and the command that continues", async () => {
    const first = await profile(["list", "--limit", "130", "--order", "ASC"]);
    expect(first.stdout).toBe(`${ids.slice(0, 130).join("\n")}\n`);
    const [, command = ""] =
      /^More profiles follow. Continue with: memory profile (list --limit 130 --order ASC --page-token \S+)\n$/.exec(
        first.stderr,
      ) ?? [];
    const rest = await profile(command.split(" "));
    expect(rest).toEqual({ code: 0, stdout: `${ids.slice(130).join("\n")}\n`, stderr: "" });
  });

  it("prints one page per line as JSON, each with the token of the next", async () => {
    const { stdout, stderr } = await profile(["list", "--json", "--limit", "130", "--order", "ASC"]);
    expect(stderr).toBe("");
    expect(documents(stdout)).toEqual([
      { ids: ids.slice(0, 100), pageSize: 100, nextToken: expect.any(String) },
      { ids: ids.slice(100, 130), pageSize: 30, nextToken: expect.any(String), previousToken: expect.any(String) },
    ]);
  });
});
