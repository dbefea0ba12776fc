import type { TraitValue } from "@memory-api/types";
import { buildPatch, buildUpsert } from "../../src/domain/commands/build-command.ts";
import type {
  Command,
  DeleteCommand,
  Outcome,
  PatchCommand,
  UpsertCommand,
} from "../../src/domain/commands/command.ts";
import { applyCommands } from "../../src/domain/profiles/apply-commands.ts";
import type { ProfileRows } from "../../src/domain/profiles/profile-rows.ts";
import type { StoreRules, TraitChange, TraitDefinition } from "../../src/domain/stores/store-rules.ts";

const text: TraitDefinition = { dataType: "STRING" };

/** Identifiers of every limit policy, and two traits that are promoted to the same type. */
export const rules: StoreRules = {
  traitGroups: new Map([
    [
      "Contact",
      new Map<string, TraitDefinition>([
        ["email", { ...text, idTypePromotion: "email" }],
        ["otherEmail", { ...text, idTypePromotion: "email" }],
        ["phone", { ...text, idTypePromotion: "phone" }],
        ["chat", { ...text, idTypePromotion: "chat" }],
        ["city", text],
      ]),
    ],
    [
      "Orders",
      new Map<string, TraitDefinition>([
        ["customer", { dataType: "NUMBER", idTypePromotion: "customer" }],
        ["tags", { dataType: "ARRAY" }],
      ]),
    ],
  ]),
  identifierTypes: new Map([
    ["email", { normalization: "email", limit: 3, limitPolicy: "fifo" }],
    ["phone", { normalization: "phone", limit: 100, limitPolicy: "fifo" }],
    ["chat", { normalization: "trim", limit: 2, limitPolicy: "lifo" }],
    ["customer", { normalization: "none", limit: 100, limitPolicy: "fifo" }],
  ]),
};

/** Traits by name; `null` removes one. */
type Traits = Readonly<Record<string, TraitValue | null>>;

export function upsert(newId: string, acceptedAt: number, traits: Traits): UpsertCommand {
  const sources = { ids: { next: () => newId }, accept: () => acceptedAt };
  const command = buildUpsert(sources, rules, changesOf(traits));
  if (command.kind === "unidentified") throw new Error("The traits identify nobody.");
  return command;
}

export function patch(profileId: string, acceptedAt: number, traits: Traits): PatchCommand {
  return buildPatch({ accept: () => acceptedAt }, rules, profileId, changesOf(traits));
}

export const deletion = (profileId: string): DeleteCommand => ({ kind: "delete", profileId });

/** @param batchSize number of commands in each transaction */
export async function applyInBatches(
  rows: ProfileRows,
  commands: readonly Command[],
  batchSize: number,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let from = 0; from < commands.length; from += batchSize) {
    outcomes.push(...(await applyCommands(rows, rules.identifierTypes, commands.slice(from, from + batchSize))));
  }
  return outcomes;
}

function changesOf(traits: Traits): TraitChange[] {
  return Object.entries(traits).map(([trait, value]) => {
    const [group] = [...rules.traitGroups].find(([, declared]) => declared.has(trait)) ?? [];
    if (group === undefined) throw new Error(`No group declares ${trait}.`);
    return { group, trait, value };
  });
}
