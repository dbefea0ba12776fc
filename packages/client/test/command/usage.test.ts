import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { exitCodeOf, explainError } from "../../src/command/errors.ts";
import { runCommand } from "../../src/command/run-command.ts";
import { documents, memory } from "./memory.ts";

const store = "mem_store_00000000000000000000000000";
const profile = "mem_profile_01kjpx9gbsf34a7d8j2y8hjkqv";
const canary = "ada@example.com";
/** Nobody listens there, so that whatever is sent fails in another way than it should here. */
const environment = {
  MEMORY_BASE_URL: "http://127.0.0.1:1",
  MEMORY_STORE_ID: store,
  TWILIO_API_KEY: "SKkey",
  TWILIO_API_SECRET: "s3cret",
};

describe("memory --help", () => {
  it("says what can be done, with every exit code, and that no option takes credentials", async () => {
    const { code, stdout, stderr } = await memory(["--help"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^Usage: memory import <file.csv> --map column=Group.trait/);
    expect(stdout).toContain("No option takes them: others on the machine can read what is typed.");
    expect(stdout).toMatch(/Exit codes: 0 .*; 1 .*; 2 .*; 3 .*; 130 .*\.\n$/);
  });

  it("can be asked for anywhere, and as a word", async () => {
    expect((await memory(["help"])).stdout).toContain("Usage: memory");
    expect((await memory(["profile", "get", "--help"])).stdout).toContain("Usage: memory");
  });
});

describe("memory --version", () => {
  it("says which version of the package it is of", async () => {
    const { version } = JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8"));
    expect(await memory(["--version"])).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: "" });
  });
});

describe("what is typed wrong", () => {
  it.each([
    ["no command", [], "The command is missing. The commands are import, profile and bulk. See memory --help."],
    [
      "another command",
      ["export"],
      "Unknown command export. The commands are import, profile and bulk. See memory --help.",
    ],
    [
      "no action",
      ["profile"],
      "Name an action: profile get, create, patch, delete or list. See memory profile --help.",
    ],
    ["an unknown option", ["profile", "list", "--nope"], "Unknown option '--nope'. See memory --help."],
    [
      "a command after a value that was not quoted",
      ["--set", "A.b=Ada", canary, "profile", "create"],
      "Unknown command. The commands are import, profile and bulk. See memory --help.",
    ],
    [
      "an option of another command",
      ["--limit", "5", "profile", "get", profile],
      "memory profile get has no option --limit. See memory profile --help.",
    ],
    [
      "the version of a command",
      ["bulk", "-", "--version"],
      "memory bulk has no option --version. See memory bulk --help.",
    ],
    ["credentials", ["profile", "list", `--api-secret=${canary}`], "Unknown option '--api-secret'. See memory --help."],
    [
      "an option with no value",
      ["profile", "list", "--limit"],
      "Option '--limit <value>' argument missing. See memory --help.",
    ],
    [
      "a value where none belongs",
      ["profile", "list", "--json=5"],
      "Option '--json' does not take an argument. See memory --help.",
    ],
    ["no number", ["profile", "list", "--limit", "many"], "--limit must be a whole number, 1 or more."],
    ["too small a number", ["bulk", "-", "--concurrency", "0"], "--concurrency must be a whole number, 1 or more."],
    ["another order", ["profile", "list", "--order", "UP"], "--order is ASC or DESC."],
    ["no ID", ["profile", "get"], "An argument is missing: memory profile get <id>"],
    ["another ID", ["profile", "get", "42"], "The ID must match ^mem_profile_[0-7][0-9a-z]{25}$."],
    [
      "another store",
      ["profile", "list", "--store", "42"],
      "--store must match ^mem_(store|service)_[0-7][0-9a-z]{25}$.",
    ],
    [
      "another address",
      ["profile", "list", "--base-url", "42"],
      "baseUrl: must be an absolute HTTP URL without credentials, query or fragment",
    ],
    [
      "no traits",
      ["profile", "create"],
      "Give the traits either by --set Group.trait=value and --set-json, or by --traits <file>.",
    ],
    [
      "no changes",
      ["profile", "patch", profile],
      "Say what changes: --set Group.trait=value, --set-json Group.trait=5, --unset Group.trait.",
    ],
    ["a trait twice", ["profile", "patch", profile, "--set", `A.b=${canary}`, "--unset", "A.b"], "A.b is given twice."],
    ["a trait with no value", ["profile", "create", "--set", canary], "--set takes Group.trait=value."],
    [
      "a trait with no group",
      ["profile", "create", "--set", `email=${canary}`],
      "A trait is told as Group.trait, such as Contact.email.",
    ],
    [
      "no JSON",
      ["profile", "create", "--set-json", `A.b=${canary}`],
      "--set-json A.b takes a string, a number, a boolean or an array of them, as JSON.",
    ],
    [
      "JSON of another kind",
      ["profile", "create", "--set-json", `A.b={"c":"${canary}"}`],
      "--set-json A.b takes a string, a number, a boolean or an array of them, as JSON.",
    ],
    [
      "a value that was not quoted",
      ["profile", "create", "--set", "A.b=Ada", canary],
      "There are arguments that belong to no option. Quote what has a space in it.",
    ],
    [
      "no file",
      ["import", "--map", "email=Contact.email", "--map", "b=Contact.city"],
      "An argument is missing: memory import <file.csv> --map column=Group.trait",
    ],
    [
      "too few columns",
      ["import", "a.csv", "--map", "email=Contact.email"],
      "Map 2 columns at least: --map email=Contact.email --map name=Contact.firstName",
    ],
    [
      "no column",
      ["import", "a.csv", "--map", "Contact.email", "--map", "b=Contact.city"],
      '--map takes column=Group.trait, not "Contact.email".',
    ],
    [
      "a file to resume",
      ["import", "a.csv", "--resume", "mem_import_01kkbk0tfteqn89st3b7v4f5y8"],
      "--resume waits for an import that has its file: leave the file and --map out.",
    ],
  ])("is refused in one line, with exit code 2: %s", async (_, given, line) => {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    onTestFinished(() => void vi.unstubAllEnvs());
    const error = await runCommand(given, new AbortController().signal).catch((thrown) => thrown);
    expect([exitCodeOf(error), explainError(error)]).toEqual([2, line]);
  });

  it("is told of on standard error, and nothing is printed", async () => {
    expect(await memory(["export"], { environment })).toEqual({
      code: 2,
      stdout: "",
      stderr: "memory: Unknown command export. The commands are import, profile and bulk. See memory --help.\n",
    });
  });

  it("is JSON where that is asked for", async () => {
    const { code, stdout, stderr } = await memory(["profile", "get", "42", "--json"], { environment });
    expect([code, stdout]).toEqual([2, ""]);
    expect(documents(stderr)).toEqual([
      { name: "UsageError", message: "The ID must match ^mem_profile_[0-7][0-9a-z]{25}$." },
    ]);
  });
});

describe("where to", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "memory-usage-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each([
    [
      "the store",
      { ...environment, MEMORY_STORE_ID: "" },
      "The store is missing: give --store <id>, or set MEMORY_STORE_ID.",
    ],
    [
      "the secret",
      { ...environment, TWILIO_API_SECRET: undefined },
      "Credentials are missing: set TWILIO_API_KEY and TWILIO_API_SECRET, or TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, or give --ready-file <path>.",
    ],
  ])("says that it misses %s", async (_, given, line) => {
    const outcome = await memory(["profile", "list"], { environment: given });
    expect(outcome).toEqual({ code: 2, stdout: "", stderr: `memory: ${line}\n` });
  });

  it("says that a ready file is not there", async () => {
    const { code, stderr } = await memory(["profile", "list", "--ready-file", "nowhere.json"], { cwd: folder });
    expect([code, stderr]).toEqual([
      2,
      "memory: --ready-file: nowhere.json cannot be read (ENOENT). It is there while the server runs.\n",
    ]);
  });

  it.each([
    ["no JSON", "s3cret"],
    ["no store", '{"url":"http://127.0.0.1:1","apiSecret":"s3cret"}'],
  ])("says that a ready file is another, and nothing of what is in it: %s", async (_, content) => {
    await writeFile(join(folder, "other.json"), content);
    const { code, stderr } = await memory(["profile", "list", "--ready-file", "other.json"], { cwd: folder });
    expect([code, stderr]).toEqual([
      2,
      "memory: --ready-file: other.json is not what a memory-server writes: JSON with url and storeId.\n",
    ]);
  });
});
