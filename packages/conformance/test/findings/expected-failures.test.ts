import { describe, expect, it } from "vitest";
import {
  ExpectedFailuresError,
  isExpected,
  parseExpectedFailures,
  readExpectedFailures,
} from "../../src/findings/expected-failures.ts";

const VIOLATION = {
  code: "server-error",
  operationId: "createProfile",
  expected: "",
  received: "",
  source: { kind: "contract", pointer: "" },
} as const;

describe("a file of expected failures", () => {
  it("is a list of codes with reason and day", () => {
    const text = `
# Known since the migration.
- code: server-error
  operation: createProfile
  reason: The old database cannot store it.
  since: 2026-01-31
- code: invalid-header
  reason: "A proxy removes it: see the runbook."
  since: "2026-02-28"
`;
    expect(parseExpectedFailures(text, "file.yaml")).toEqual([
      {
        code: "server-error",
        operation: "createProfile",
        reason: "The old database cannot store it.",
        since: "2026-01-31",
      },
      { code: "invalid-header", reason: "A proxy removes it: see the runbook.", since: "2026-02-28" },
    ]);
  });

  it("can have the line endings of Windows, also in the lines of its mistakes", () => {
    const entry = "- code: server-error\r\n  reason: >\r\n    It is\r\n    old.\r\n  since: 2026-01-31\r\n";
    expect(parseExpectedFailures(entry, "file.yaml")).toEqual([
      { code: "server-error", reason: "It is old.\n", since: "2026-01-31" },
    ]);
    expect(() => parseExpectedFailures(`${entry}- server-error\r\n`, "file.yaml")).toThrow("file.yaml:6: An entry");
  });

  it.each([[""], ["# Nothing is expected.\n"], ["[]"]])("can be empty: %j", (text) => {
    expect(parseExpectedFailures(text, "file.yaml")).toEqual([]);
  });

  const REST = "\n  reason: r\n  since: 2026-01-31";
  it.each([
    ["code: server-error", "file.yaml:1: The file must contain a list of entries with code, reason and since."],
    ["- server-error", "file.yaml:1: An entry must be an object with code, reason and since."],
    [`- operation: createProfile${REST}`, "file.yaml:1: code is missing. It must be the code of a check."],
    [
      `- code: no-such-code${REST}`,
      "file.yaml:1: No check has the code no-such-code. Run memory-conformance explain for the list.",
    ],
    [
      `\n- code: server-error\n  operation: noSuchOperation${REST}`,
      "file.yaml:2: The contract has no operation noSuchOperation. Use an operationId, such as createProfile.",
    ],
    [
      `- code: server-error\n  operation: toString${REST}`,
      "file.yaml:1: The contract has no operation toString. Use an operationId, such as createProfile.",
    ],
    ["- code: server-error\n  since: 2026-01-31", "file.yaml:1: reason is missing. State why the failure is accepted."],
    [
      "- code: server-error\n  reason: '  '\n  since: 2026-01-31",
      "file.yaml:1: reason is missing. State why the failure is accepted.",
    ],
    ["- code: server-error\n  reason: r", "file.yaml:1: since must be a date, such as 2026-01-31."],
    [
      "- code: server-error\n  reason: r\n  since: 2026-02-30",
      "file.yaml:1: since must be a date, such as 2026-01-31.",
    ],
    ["- code: server-error\n  reason: r\n  since: soon", "file.yaml:1: since must be a date, such as 2026-01-31."],
    [
      `- code: server-error${REST}\n  untill: x`,
      "file.yaml:1: untill is not supported. The fields of an entry are code, operation, reason, since.",
    ],
    [
      `- code: server-error${REST}\n- code: server-error${REST}`,
      "file.yaml:4: The entry repeats an earlier one: server-error.",
    ],
  ])("is rejected if it is malformed: %j", (text, message) => {
    expect(() => parseExpectedFailures(text, "file.yaml")).toThrow(new ExpectedFailuresError(message));
  });

  it("is rejected with every mistake at once", () => {
    const text = "- code: no-such-code\n- code: server-error\n  reason: r\n  since: soon";
    expect(() => parseExpectedFailures(text, "f")).toThrow(
      "f:1: No check has the code no-such-code. Run memory-conformance explain for the list.\nf:1: reason is missing. State why the failure is accepted.\nf:1: since must be a date, such as 2026-01-31.\nf:2: since must be",
    );
  });

  it("is rejected if it is not valid YAML, or cannot be read", async () => {
    expect(() => parseExpectedFailures("- code: [", "file.yaml")).toThrow(/^file\.yaml:1: /);
    await expect(readExpectedFailures("/no/such/file.yaml")).rejects.toThrow(
      /^\/no\/such\/file\.yaml cannot be read: /,
    );
  });
});

describe("an expected failure", () => {
  const entry = { code: "server-error", reason: "r", since: "2026-01-31" };
  it("matches a finding with its code and operation, or with any operation if it names none", () => {
    expect(isExpected(entry, VIOLATION)).toBe(true);
    expect(isExpected({ ...entry, operation: "createProfile" }, VIOLATION)).toBe(true);
    expect(isExpected({ ...entry, operation: "fetchProfile" }, VIOLATION)).toBe(false);
    expect(isExpected({ ...entry, code: "invalid-body" }, VIOLATION)).toBe(false);
  });
});
