import { describe, expect, it } from "vitest";
import { HELP } from "../../src/command/help.ts";
import { OPTIONS, parseCommandLine } from "../../src/command/parse-command-line.ts";

const ENVIRONMENT = { MEMORY_USER: "SK1", MEMORY_PASSWORD: "p1", MEMORY_OTHER_PASSWORD: "p2", OWN: "p3", EMPTY: "" };
const STORE = ["--store", "mem_store_1"];

function parse(line: string, environment: Readonly<Record<string, string>> = ENVIRONMENT) {
  return parseCommandLine(line.split(" ").filter(Boolean), environment);
}

describe("a command line", () => {
  it("needs only a base URL and a store, if the environment has the credentials", () => {
    expect(parse("http://127.0.0.1:4010/ --store mem_store_1")).toEqual({
      command: "test",
      target: {
        baseUrl: "http://127.0.0.1:4010",
        account: { storeId: "mem_store_1", username: "SK1", password: "p1" },
        isImmediate: false,
        eventualWithinMs: 5000,
        importWithinMs: 60_000,
        isReadOnly: false,
        allowsOtherOrigins: false,
      },
      profile: "quick",
      only: [],
      skip: [],
      reporters: [{ name: "terminal" }],
    });
  });

  it("accepts every option", () => {
    const line =
      "https://memory.example.com/base/ --store s --user u --password-env OWN --other-store o --other-user v " +
      "--i-own-this-target --profile soak --only a,b --only c/d --skip e --read-only --seed 7 --run-id r " +
      "--max-requests 10 --rate 2.5 --traits t.yaml --eventual-within 1m --import-within 500ms --immediate --sandbox --min-coverage 80.5 " +
      "--expected-failures f.yaml --reporter terminal --reporter html=a=b.html";
    expect(parse(line)).toEqual({
      command: "test",
      target: {
        baseUrl: "https://memory.example.com/base",
        account: { storeId: "s", username: "u", password: "p3" },
        otherAccount: { storeId: "o", username: "v", password: "p2" },
        isImmediate: true,
        eventualWithinMs: 60_000,
        importWithinMs: 500,
        isReadOnly: true,
        allowsOtherOrigins: true,
        controlUrl: "https://memory.example.com/base/__sandbox",
      },
      profile: "soak",
      only: ["a", "b", "c/d"],
      skip: ["e"],
      seed: 7,
      runId: "r",
      maxRequests: 10,
      rate: 2.5,
      minCoverage: 80.5,
      traitsFile: "t.yaml",
      expectedFailuresFile: "f.yaml",
      reporters: [{ name: "terminal" }, { name: "html", file: "a=b.html" }],
    });
  });

  it("accepts paths of Windows", () => {
    const line = String.raw`http://127.0.0.1 --store s --traits C:\my\t.yaml --reporter html=C:\a=b\r.html`;
    expect(parse(line)).toMatchObject({
      traitsFile: String.raw`C:\my\t.yaml`,
      reporters: [{ name: "html", file: String.raw`C:\a=b\r.html` }],
    });
  });

  it("explains a check, and shows help and version without anything else", () => {
    expect(parse("explain")).toEqual({ command: "explain" });
    expect(parse("explain server-error")).toEqual({ command: "explain", code: "server-error" });
    expect(parse("--help")).toEqual({ command: "help" });
    expect(parse("-h")).toEqual({ command: "help" });
    expect(parse("--version", {})).toEqual({ command: "version" });
  });

  it.each(["http://localhost:1", "http://127.0.0.1", "http://127.1:8", "http://[::1]:4010"])("accepts %s", (url) => {
    expect(parse(`${url} --store s`).command).toBe("test");
  });

  it.each([
    "http://memory.example.com",
    "http://10.0.0.1",
    "http://0.0.0.0:4010",
    "http://127.0.0.1.example.com",
    "http://localhost.example.com",
    "http://2130706432.example.com",
    "https://memory.twilio.com",
  ])("rejects %s, unless the target is owned", (url) => {
    expect(() => parse(`${url} --store s`)).toThrow("If the target is yours, add --i-own-this-target.");
    expect(parse(`${url} --store s --i-own-this-target`).command).toBe("test");
  });

  it.each([
    ["", "The base URL of the implementation is missing."],
    ["localhost:4010 --store s", "localhost:4010 is not an http or https URL, such as http://127.0.0.1:4010."],
    ["ftp://127.0.0.1 --store s", "ftp://127.0.0.1 is not an http or https URL"],
    ["http://u:secret@127.0.0.1 --store s", "The base URL must not contain credentials."],
    ["http://u:secret@[127 --store s", "http://[127 is not an http or https URL"],
    ["http://127.0.0.1?x=1 --store s", "The base URL must not have a query or a fragment."],
    ["http://127.0.0.1 http://[::1] --store s", "Only one base URL can be tested, but http://[::1] is a second one."],
    ["http://127.0.0.1", "--store is missing."],
    ["http://127.0.0.1 --store", "Option '--store <value>' argument missing."],
    ["http://127.0.0.1 --store --user u", "Option '--store' needs a value."],
    ["http://127.0.0.1 --store s --stores", "Unknown option '--stores'. Run memory-conformance --help"],
    ["http://127.0.0.1 --store s --other-user v", "--other-user requires --other-store."],
    ["http://127.0.0.1 --store s --other-store o", "--other-user is missing, and MEMORY_OTHER_USER is not set."],
    ["http://127.0.0.1 --store s --password-env NONE", "The environment variable NONE is not set."],
    ["http://127.0.0.1 --store s --password-env EMPTY", "The environment variable EMPTY is not set."],
    ["http://127.0.0.1 --store s --profile fast", "--profile must be one of quick, full, soak, not fast."],
    ["http://127.0.0.1 --store s --only a,,b", "--only contains an empty name."],
    ["http://127.0.0.1 --store s --seed 1.5", "--seed must be an integer from 0 to 2147483647, not 1.5."],
    ["http://127.0.0.1 --store s --seed=-1", "--seed must be an integer"],
    ["http://127.0.0.1 --store s --max-requests 0", "--max-requests must be an integer of at least 1, not 0."],
    ["http://127.0.0.1 --store s --rate fast", "--rate must be a number from 0.001 to 1000000, not fast."],
    ["http://127.0.0.1 --store s --min-coverage 101", "--min-coverage must be a number from 0 to 100, not 101."],
    [
      "http://127.0.0.1 --store s --eventual-within 5",
      "--eventual-within must be a time such as 500ms, 5s or 1m, not 5.",
    ],
    [
      "http://127.0.0.1 --store s --reporter xml",
      "--reporter must be one of terminal, junit, json, sarif, html, github, not xml.",
    ],
    ["http://127.0.0.1 --store s --reporter html=", "--reporter html= needs a file after the equals sign."],
    [
      "http://127.0.0.1 --store s --reporter json --reporter sarif",
      "Only one reporter can write a document to standard output, not json and sarif.",
    ],
    ["explain a b", "explain accepts only one code."],
  ])("is rejected: %j", (line, message) => {
    expect(() => parse(line)).toThrow(message);
  });

  it("never repeats a password that is in a URL", () => {
    for (const url of ["http://u:secret@127.0.0.1", "http://u:secret@[127", "xyz://u:secret@127.0.0.1"]) {
      expect(() => parse(`${url} --store s`)).toThrow(/^(?!.*secret)/s);
    }
  });

  it("needs a user name", () => {
    expect(() => parse(`http://127.0.0.1 ${STORE.join(" ")}`, { MEMORY_PASSWORD: "p" })).toThrow(
      "--user is missing, and MEMORY_USER is not set.",
    );
  });
});

describe("the help", () => {
  it("fits on a screen of 120 columns", () => {
    for (const line of HELP.split("\n")) expect(line.length, line).toBeLessThanOrEqual(120);
  });

  it("describes exactly the options that exist", () => {
    const described = [...HELP.matchAll(/^ {2}(?:-\w, )?--([\w-]+)/gm)].map(([, name]) => name);
    expect(described.sort()).toEqual(Object.keys(OPTIONS).sort());
  });
});
