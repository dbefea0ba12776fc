import type { ContractChange } from "../diff/contract-changes.ts";
import { isBelow, type NeededBump } from "../diff/report/diff-report.ts";
import type { KitFinding, KitReport } from "./run-kit.ts";

/** A finding of the released kit in the new server, and why the next release may behave so. */
export interface JudgedFinding {
  finding: KitFinding;
  /** Absent if nothing explains it. */
  explanation?: string;
}

/** Checks that require a rejection or the absence of something. They fail if a minor allows or adds it. */
const REQUIRES_ABSENCE = new Set([
  "invalid-request-accepted",
  "invalid-mappings-accepted",
  "unsupported-body-accepted",
  "undocumented-status",
  "wrong-allow",
  "wrong-route-response",
]);

/** Checks of methods and paths that the contract does not have. */
const REQUIRES_NO_OPERATION = new Set(["wrong-allow", "wrong-route-response"]);

/**
 * Judges each finding by the version bump since the kit was released. A major explains every finding. A minor explains that
 * the server accepts or returns more than before, if the contract changed for the same operation. A patch explains nothing.
 *
 * @param changes the changes of the contract since the kit was released
 */
export function judgeFindings(
  findings: readonly KitFinding[],
  bump: NeededBump,
  changes: readonly ContractChange[],
): JudgedFinding[] {
  if (bump === "major") return findings.map((finding) => ({ finding, explanation: "A major may break it." }));
  const additions = changes.filter((change) => bump === "minor" && !isBelow(change.bump, "minor"));
  return findings.map((finding) => {
    const addition = REQUIRES_ABSENCE.has(finding.code) && additions.find((change) => isAbout(finding, change));
    return addition ? { finding, explanation: addition.why } : { finding };
  });
}

/**
 * Returns 0 if every finding is explained, 1 if one is not, and 2 if the server could not be tested. Without findings, it is that of
 * the kit, which fails for an expected failure that did not occur.
 */
export function exitCodeOf({ verdict }: KitReport, judged: readonly JudgedFinding[]): KitReport["verdict"]["exitCode"] {
  if (verdict.exitCode !== 1 || judged.length === 0) return verdict.exitCode;
  return judged.every(({ explanation }) => explanation !== undefined) ? 0 : 1;
}

function isAbout({ code, operationId }: KitFinding, { pointer, uses }: ContractChange): boolean {
  if (REQUIRES_NO_OPERATION.has(code)) return /^#\/paths\/[^/]+(?:\/[a-z]+)?$/.test(pointer);
  return uses.some(({ operation }) => operation === operationId);
}
