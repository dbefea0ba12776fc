import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { exitCodeOf, explainError } from "../../src/command/errors.ts";
import { runCommand } from "../../src/command/run-command.ts";
import { documents, memory } from "./memory.ts";

const store = "mem_store_00000000000000000000000000";
const profile = "mem_profile_01kjpx9gbsf34a7d8j2y8hjkqv";
const canary = "ada@example.com";
/** Nothing listens there, so a command that sends anything fails in a different way. */
const environment = {
  MEMORY_BASE_URL: "http://127.0.0.1:1",
  MEMORY_STORE_ID: store,
  TWILIO_API_KEY: "SKkey",
  TWILIO_API_SECRET: "s3cret",
};

describe("wrong usage", () => {
  const commands = "Commands: import, profile, bulk. See memory --help.";
  const actions = "Actions of memory profile: get, create, patch, delete, list. See memory profile --help.";
  const shared = "--store, --base-url, --ready-file, --json, --help";

  it.each([
    ["no command", [], `The command is missing. ${commands}`],
    ["an unknown command", ["export"], `Unknown command export. ${commands}`],
    ["no action", ["profile"], `The action is missing. ${actions}`],
    ["an unknown action", ["profile", "show", profile], `Unknown action show. ${actions}`],
    [
      "an unknown option",
      ["profile", "list", "--nope"],
      `memory profile list has no option --nope. Options: --limit, --order, --page-token, ${shared}. See memory profile list --help.`,
    ],
    ["an unknown option without a command", ["-x", canary], "There is no option -x. See memory --help."],
    [
      "a command after a value that is not quoted",
      ["--set", "A.b=Ada", canary, "profile", "create"],
      `Unknown command. ${commands}`,
    ],
    [
      "an action after a value that is not quoted",
      ["profile", "--set", "A.b=Ada", canary, "create"],
      `Unknown action. ${actions}`,
    ],
    [
      "an option of another command",
      ["--limit", "5", "profile", "get", profile],
      `memory profile get has no option --limit. Options: --groups, ${shared}. See memory profile get --help.`,
    ],
    [
      "the version of a command",
      ["bulk", "-", "--version"],
      `memory bulk has no option --version. Options: --concurrency, --start-at, ${shared}. See memory bulk --help.`,
    ],
    [
      "credentials",
      ["bulk", "-", `--api-secret=${canary}`],
      `memory bulk has no option --api-secret. Options: --concurrency, --start-at, ${shared}. See memory bulk --help.`,
    ],
    [
      "an option without its value",
      ["profile", "list", "--limit"],
      "Option '--limit <value>' argument missing. See memory profile list --help.",
    ],
    [
      "an option in place of a value",
      ["profile", "list", "--limit", "--json"],
      "Option '--limit' needs a value. Write a value that begins with a dash as --limit=<value>. See memory profile list --help.",
    ],
    [
      "a value of an option that has none",
      ["profile", "list", "--json=5"],
      "Option '--json' does not take an argument. See memory profile list --help.",
    ],
    [
      "a limit that is not a number",
      ["profile", "list", "--limit", "many"],
      "--limit must be a whole number, 1 or more.",
    ],
    [
      "a number that is too small",
      ["bulk", "-", "--concurrency", "0"],
      "--concurrency must be a whole number, 1 or more.",
    ],
    ["an invalid order", ["profile", "list", "--order", "UP"], "--order must be ASC or DESC."],
    ["no profile ID", ["profile", "get"], "An argument is missing: memory profile get <profileId>"],
    ["an invalid profile ID", ["profile", "get", "42"], "The profile ID must match ^mem_profile_[0-7][0-9a-z]{25}$."],
    [
      "an invalid store ID",
      ["profile", "list", "--store", "42"],
      "--store must match ^mem_(store|service)_[0-7][0-9a-z]{25}$.",
    ],
    [
      "an invalid URL",
      ["profile", "list", "--base-url", "42"],
      "--base-url must be an absolute HTTP URL without credentials, query or fragment.",
    ],
    [
      "no traits",
      ["profile", "create"],
      "Give the traits either with --set Group.trait=value and --set-json, or with --traits <file.json>.",
    ],
    [
      "no changes",
      ["profile", "patch", profile],
      "No change is given. Use --set Group.trait=value, --set-json Group.trait=5 or --unset Group.trait.",
    ],
    [
      "a trait given twice",
      ["profile", "patch", profile, "--set", `A.b=${canary}`, "--unset", "A.b"],
      "The trait A.b is given twice.",
    ],
    ["a trait without a value", ["profile", "create", "--set", canary], "--set must have the form Group.trait=value."],
    [
      "a trait without a group",
      ["profile", "create", "--set", `email=${canary}`],
      "The name of a trait must have the form Group.trait, such as Contact.email.",
    ],
    [
      "a value that is not valid JSON",
      ["profile", "create", "--set-json", `A.b=${canary}`],
      "--set-json A.b must be valid JSON: a string, a number, a boolean or an array of these.",
    ],
    [
      "a JSON object as a value",
      ["profile", "create", "--set-json", `A.b={"c":"${canary}"}`],
      "--set-json A.b must be valid JSON: a string, a number, a boolean or an array of these.",
    ],
    [
      "a value that is not quoted",
      ["profile", "create", "--set", "A.b=Ada", canary],
      "There are too many arguments. Quote a value that contains spaces. See memory profile create --help.",
    ],
    [
      "a second mapping without --map",
      ["import", "a.csv", "--map", "email=Contact.email", "name=Contact.firstName"],
      'Unexpected argument "name=Contact.firstName". See memory import --help.',
    ],
    [
      "a misspelled action of import",
      ["import", "stauts", "mem_import_01kkbk0tfteqn89st3b7v4f5y8"],
      'Unexpected argument "mem_import_01kkbk0tfteqn89st3b7v4f5y8". See memory import --help.',
    ],
    [
      "an argument of a command without arguments",
      ["import", "list", "2"],
      'Unexpected argument "2". See memory import list --help.',
    ],
    [
      "no file to import",
      ["import", "--map", "email=Contact.email", "--map", "b=Contact.city"],
      "An argument is missing: memory import <file.csv> --map column=Group.trait --map …",
    ],
    ["no import ID", ["import", "status"], "An argument is missing: memory import status <importId>"],
    ["an invalid import ID", ["import", "status", "42"], "The import ID must match ^mem_import_[0-7][0-9a-z]{25}$."],
    [
      "too few columns",
      ["import", "a.csv", "--map", "email=Contact.email"],
      "Map at least 2 columns: --map email=Contact.email --map name=Contact.firstName",
    ],
    [
      "a mapping without a column",
      ["import", "a.csv", "--map", "Contact.email", "--map", "b=Contact.city"],
      '"Contact.email" is not a valid --map. Use --map column=Group.trait.',
    ],
    [
      "a file to resume",
      ["import", "a.csv", "--resume", "mem_import_01kkbk0tfteqn89st3b7v4f5y8"],
      "--resume takes no file and no --map: it waits for an import whose file was uploaded before.",
    ],
  ])("is reported in one line, with exit code 2: %s", async (_, given, line) => {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    onTestFinished(() => void vi.unstubAllEnvs());
    const error = await runCommand(given, new AbortController().signal).catch((thrown) => thrown);
    expect([exitCodeOf(error), explainError(error)]).toEqual([2, line]);
  });

  it("is reported on standard error, and nothing is printed", async () => {
    expect(await memory(["export"], { environment })).toEqual({
      code: 2,
      stdout: "",
      stderr: "memory: Unknown command export. Commands: import, profile, bulk. See memory --help.\n",
    });
  });

  it("is reported as JSON with --json", async () => {
    const { code, stdout, stderr } = await memory(["profile", "get", "42", "--json"], { environment });
    expect([code, stdout]).toEqual([2, ""]);
    expect(documents(stderr)).toEqual([
      { name: "UsageError", message: "The profile ID must match ^mem_profile_[0-7][0-9a-z]{25}$." },
    ]);
  });
});

describe("the store and the credentials", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "memory-usage-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each([
    [
      "the store",
      { ...environment, MEMORY_STORE_ID: "" },
      "The store is missing: use --store <storeId>, or set MEMORY_STORE_ID.",
    ],
    [
      "the secret",
      { ...environment, TWILIO_API_SECRET: undefined },
      "Credentials are missing: set TWILIO_API_KEY and TWILIO_API_SECRET, or TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, or use --ready-file <file>.",
    ],
  ])("are required: %s", async (_, given, line) => {
    const outcome = await memory(["profile", "list"], { environment: given });
    expect(outcome).toEqual({ code: 2, stdout: "", stderr: `memory: ${line}\n` });
  });

  it.each([
    ["MEMORY_BASE_URL", { ...environment, MEMORY_BASE_URL: "example.com" }, []],
    ["url of the ready file", environment, ["--ready-file", "wrong-url.json"]],
  ])("require a valid URL of the API: %s", async (source, given, options) => {
    await writeFile(join(folder, "wrong-url.json"), JSON.stringify({ url: "example.com", storeId: store }));
    const outcome = await memory(["profile", "list", ...options], { environment: given, cwd: folder });
    const line = `${source} must be an absolute HTTP URL without credentials, query or fragment.`;
    expect(outcome).toEqual({ code: 2, stdout: "", stderr: `memory: ${line}\n` });
  });

  it("cannot be read from a ready file that does not exist", async () => {
    const { code, stderr } = await memory(["profile", "list", "--ready-file", "nowhere.json"], { cwd: folder });
    expect([code, stderr]).toEqual([
      2,
      "memory: --ready-file: nowhere.json cannot be read (ENOENT). memory-server writes it, and deletes it when it stops.\n",
    ]);
  });

  it.each([
    ["not JSON", "s3cret"],
    ["no store ID", '{"url":"http://127.0.0.1:1","apiSecret":"s3cret"}'],
  ])("cannot be read from another file, whose content is not printed: %s", async (_, content) => {
    await writeFile(join(folder, "other.json"), content);
    const { code, stderr } = await memory(["profile", "list", "--ready-file", "other.json"], { cwd: folder });
    expect([code, stderr]).toEqual([
      2,
      "memory: --ready-file: other.json is not a ready file of memory-server, which is JSON with url and storeId.\n",
    ]);
  });
});
