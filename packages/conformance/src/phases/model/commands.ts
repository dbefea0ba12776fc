import type { Spelled, TraitPlan } from "./people.ts";

/** A request, with profiles named by the order in which they were created, from 0. */
export type Command =
  | { readonly kind: "create"; readonly traits: TraitPlan }
  | {
      readonly kind: "bulk";
      readonly items: readonly TraitPlan[];
      /** Where an item without an identifier is inserted. The batch must then be refused. */
      readonly invalidAt?: number | undefined;
    }
  | { readonly kind: "patch"; readonly profile: number; readonly traits: TraitPlan | "empty body" }
  | { readonly kind: "delete"; readonly profile: number }
  | { readonly kind: "fetch"; readonly profile: number }
  | { readonly kind: "list" };

export function describeCommand(command: Command): string {
  switch (command.kind) {
    case "create":
      return `create ${describePlan(command.traits)}`;
    case "bulk": {
      const items = command.items.map(describePlan);
      if (command.invalidAt !== undefined) items.splice(command.invalidAt, 0, "an item without an identifier");
      return `bulk [${items.join("; ")}]`;
    }
    case "patch":
      return `patch profile ${command.profile} ${command.traits === "empty body" ? "{}" : describePlan(command.traits)}`;
    case "list":
      return "list";
    default:
      return `${command.kind} profile ${command.profile}`;
  }
}

function describePlan(plan: TraitPlan): string {
  const parts = Object.entries(plan).flatMap(([name, value]: [string, Spelled | string | null | undefined]) => {
    if (value === undefined) return [];
    if (value === null || typeof value === "string") return `${name} ${JSON.stringify(value)}`;
    return `${name} of person ${value.person}${value.spelling === 0 ? "" : ` in spelling ${value.spelling}`}`;
  });
  return `{${parts.join(", ")}}`;
}
