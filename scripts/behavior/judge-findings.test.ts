import { describe, expect, it } from "vitest";
import type { ContractChange } from "../diff/contract-changes.ts";
import { exitCodeOf, judgeFindings } from "./judge-findings.ts";
import type { KitFinding, KitReport } from "./run-kit.ts";

const findingOf = (code: string, operationId?: string): KitFinding => ({
  code,
  title: "",
  expected: "",
  received: "",
  curl: "",
  repeat: { seed: 1, runId: "", scenario: "" },
  ...(operationId !== undefined && { operationId }),
});

const changeOf = (bump: ContractChange["bump"], pointer: string, operation: string): ContractChange => ({
  gate: "wire",
  bump,
  pointer,
  why: `A change of ${operation}.`,
  action: "",
  uses: [{ operation, endpoint: "" }],
});
const wider = changeOf("minor", "#/components/schemas/PageSize/maximum", "listProfiles");
const added = changeOf("minor", "#/paths/~1v1~1Stores/get", "listStores");

const explanations = (...args: Parameters<typeof judgeFindings>) =>
  judgeFindings(...args).map((each) => each.explanation);

describe("a finding of the released kit in the new server", () => {
  const accepted = findingOf("invalid-request-accepted", "listProfiles");

  it("is explained by a major", () => {
    expect(explanations([findingOf("lost-write", "createProfile")], "major", [])).toEqual(["A major may break it."]);
  });

  it("is explained by a minor if the contract now allows it for the same operation", () => {
    expect(explanations([accepted], "minor", [wider])).toEqual(["A change of listProfiles."]);
  });

  it.each(["wrong-route-response", "wrong-allow"])("is explained by an operation that a minor adds: %s", (code) => {
    expect(explanations([findingOf(code, "createProfile"), findingOf(code)], "minor", [wider, added])).toEqual([
      "A change of listStores.",
      "A change of listStores.",
    ]);
  });

  it.each<[string, KitFinding, ContractChange[]]>([
    ["the contract did not change", accepted, []],
    ["only another operation changed", accepted, [added]],
    ["only prose changed", accepted, [{ ...wider, bump: "patch" }]],
    ["a valid request is affected", findingOf("valid-request-refused", "listProfiles"), [wider]],
    ["no operation was added", findingOf("wrong-allow", "listProfiles"), [wider]],
  ])("is not explained by a minor if %s", (_, finding, changes) => {
    expect(explanations([finding], "minor", changes)).toEqual([undefined]);
  });

  it.each(["patch", "none"] as const)("is never explained by the bump %s", (bump) => {
    expect(explanations([accepted], bump, [wider])).toEqual([undefined]);
  });
});

describe("the exit code", () => {
  const reportOf = (exitCode: KitReport["verdict"]["exitCode"]): KitReport => ({
    contractVersion: "1.0.0",
    scenarios: 1,
    requests: 1,
    findings: [],
    verdict: { exitCode, reasons: [] },
  });
  const finding = findingOf("lost-write");
  const explained = { finding, explanation: "A major may break it." };

  it.each([
    ["0 without findings", 0, [], 0],
    ["0 if every finding is explained", 1, [explained], 0],
    ["1 if a finding is not explained", 1, [explained, { finding }], 1],
    ["1 if an expected failure did not occur", 1, [], 1],
    ["2 if the server could not be tested", 2, [explained], 2],
  ] as const)("is %s", (_, ofKit, judged, exitCode) => {
    expect(exitCodeOf(reportOf(ofKit), judged)).toBe(exitCode);
  });
});
