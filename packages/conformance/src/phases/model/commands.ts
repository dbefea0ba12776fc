import type { Spelled, TraitPlan } from "./people.ts";

/** A request, with profiles named by the order in which they were created, from 0. */
export type Command =
  | { readonly kind: "create"; readonly traits: TraitPlan }
  | {
      readonly kind: "bulk";
      readonly items: readonly TraitPlan[];
      /** Where an item without an identifier is inserted. The batch must then be rejected. */
      readonly invalidAt?: number | undefined;
    }
  | { readonly kind: "patch"; readonly profile: number; readonly traits: TraitPlan | "empty body" }
  | { readonly kind: "delete"; readonly profile: number }
  | { readonly kind: "fetch"; readonly profile: number }
  | { readonly kind: "list" };

// The commands of a rule, in few words.
export const email = (person: number, spelling = 0): { email: Spelled } => ({ email: { person, spelling } });
export const phone = (person: number, spelling = 0): { phone: Spelled } => ({ phone: { person, spelling } });
export const create = (traits: TraitPlan): Command => ({ kind: "create", traits });
export const patch = (profile: number, traits: TraitPlan | "empty body"): Command => ({
  kind: "patch",
  profile,
  traits,
});
export const remove = (profile: number): Command => ({ kind: "delete", profile });
export const bulk = (items: readonly TraitPlan[], invalidAt?: number): Command => ({
  kind: "bulk",
  items,
  invalidAt,
});

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
