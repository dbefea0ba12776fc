import { type ContractChange, contractChanges } from "./contract-changes.ts";
import { type PendingBump, pendingBumps } from "./pending-bumps.ts";
import type { Bump } from "./rate-change.ts";

export interface Judgement {
  /** Whether the changesets carry what the contract needs. */
  passed: boolean;
  /** For people: each change, what it needs, what the changesets carry, and what to do. */
  report: string;
}

const BUMPS: readonly (Bump | "none")[] = ["none", "patch", "minor", "major"];

/**
 * Holds the pending changesets to what has become of the contract.
 *
 * @param released path of the bundle as it was released last
 * @param built path of the bundle as it is now
 * @param root folder that holds `.changeset` and `pnpm-workspace.yaml`
 */
export async function judgeContract(released: string, built: string, root: string): Promise<Judgement> {
  const changes = await contractChanges(released, built);
  if (changes.length === 0) return { passed: true, report: "The contract is as it was released." };

  const needed = highest(changes.map(({ bump }) => bump));
  const pending = await pendingBumps(root);
  const short = pending.filter(({ bump }) => BUMPS.indexOf(bump) < BUMPS.indexOf(needed));
  const report = [
    `The contract has ${changes.length} change${changes.length > 1 ? "s" : ""} since it was released, and needs a ${needed} bump:`,
    ...changes.toSorted((a, b) => BUMPS.indexOf(b.bump) - BUMPS.indexOf(a.bump)).map(describeChange),
    "The changesets carry:",
    ...pending.map(describePending),
    short.length === 0 ? "That is enough." : remedy(needed, short),
  ];
  return { passed: short.length === 0, report: report.join("\n") };
}

function highest(bumps: readonly (Bump | "none")[]): Bump | "none" {
  return BUMPS.findLast((bump) => bumps.includes(bump)) ?? "none";
}

function describeChange({ bump, pointer, why }: ContractChange): string {
  return `  ${bump.padEnd(5)}  ${pointer}\n         ${why}`;
}

function describePending({ bump, changesets, package: name }: PendingBump): string {
  return `  ${bump.padEnd(5)}  ${name}${changesets.length > 0 ? `, by ${changesets.join(", ")}` : ""}`;
}

function remedy(needed: string, short: readonly PendingBump[]): string {
  const names = short.map((pending) => pending.package).join(",");
  return [
    `That is too little. Say what changed, in a changeset of at least ${needed}:`,
    `  npx -y pnpm@12 changeset --${needed} ${names} --message "<what consumers must know>"`,
  ].join("\n");
}
