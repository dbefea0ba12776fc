import { describe, expect, it } from "vitest";
import type { ContractChange } from "../diff/contract-changes.ts";
import { judgeFindings } from "./judge-findings.ts";
import type { KitFinding } from "./run-kit.ts";

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
