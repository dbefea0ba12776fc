import { type ContractChange, contractChanges } from "./contract-changes.ts";
import { type PendingBump, pendingBumps } from "./pending-bumps.ts";
import type { Bump } from "./rate-change.ts";

export interface ChangesetCheck {
  /** Whether the changesets contain the bumps that the contract needs. */
  passed: boolean;
  /** Lists the changes, the bump that each one needs, the pending bumps, and what to do if they are too low. */
  report: string;
}

const BUMPS: readonly (Bump | "none")[] = ["none", "patch", "minor", "major"];

/**
 * Checks that the pending changesets contain the version bumps that the changes of the contract need.
 *
 * @param released path of the bundle of the last release
 * @param built path of the current bundle
 * @param root folder that contains `.changeset` and `pnpm-workspace.yaml`
 */
export async function checkChangesets(released: string, built: string, root: string): Promise<ChangesetCheck> {
  const changes = await contractChanges(released, built);
  if (changes.length === 0) return { passed: true, report: "The contract has not changed since the last release." };

  const needed = highest(changes.map(({ bump }) => bump));
  const pending = await pendingBumps(root);
  const tooLow = pending.filter(({ bump }) => BUMPS.indexOf(bump) < BUMPS.indexOf(needed));
  const report = [
    `The contract has ${changes.length} change${changes.length > 1 ? "s" : ""} since the last release, and needs a ${needed} bump:`,
    ...changes.toSorted((a, b) => BUMPS.indexOf(b.bump) - BUMPS.indexOf(a.bump)).map(describeChange),
    "The pending changesets contain:",
    ...pending.map(describePending),
    tooLow.length === 0 ? "This is enough." : remedy(needed, tooLow),
  ];
  return { passed: tooLow.length === 0, report: report.join("\n") };
}

function highest(bumps: readonly (Bump | "none")[]): Bump | "none" {
  return BUMPS.findLast((bump) => bumps.includes(bump)) ?? "none";
}

function describeChange({ bump, pointer, why }: ContractChange): string {
  return `  ${bump.padEnd(5)}  ${pointer}\n         ${why}`;
}

function describePending({ bump, changesets, package: name }: PendingBump): string {
  return `  ${bump.padEnd(5)}  ${name}${changesets.length > 0 ? `, from ${changesets.join(", ")}` : ""}`;
}

function remedy(needed: string, tooLow: readonly PendingBump[]): string {
  const names = tooLow.map((pending) => pending.package).join(",");
  return [
    `This is not enough. Describe the change in a changeset with a bump of at least ${needed}:`,
    `  npx -y pnpm@12 changeset --${needed} ${names} --message "<what consumers must know>"`,
  ].join("\n");
}
