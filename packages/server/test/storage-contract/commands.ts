import { randomFillSync } from "node:crypto";
import type { TraitValue } from "@memory-api/types";
import { createAcceptance } from "../../src/domain/commands/accepted-at.ts";
import type { DeleteCommand, PatchCommand, UpsertCommand } from "../../src/domain/commands/command.ts";
import { createIdSource } from "../../src/domain/commands/type-id.ts";
import type { Identifier, TraitChange } from "../../src/domain/stores/store-rules.ts";

/** Traits to write by group; `null` removes one. */
export type Traits = Readonly<Record<string, Readonly<Record<string, TraitValue | null>>>>;

export const startedAt = 1_800_000_000_000;

// A clock that advances with each reading, so that no two events have the same time.
let time = startedAt;
const now = () => time++;
const ids = createIdSource(now, (bytes) => randomFillSync(bytes));
const accept = createAcceptance(now);

export const newProfileId = () => ids.next("mem_profile");
export const newImportId = () => ids.next("mem_import");

/** Creates an upsert. Emails and phone numbers in the group `Contact` are also identifiers. */
export function upsert(traits: Traits, newId = newProfileId()): UpsertCommand {
  return { kind: "upsert", newId, ...changeOf(traits) };
}

/** Creates an upsert of only an email address. */
export const upsertEmail = (email: string) => upsert({ Contact: { email } });

export function patch(profileId: string, traits: Traits): PatchCommand {
  return { kind: "patch", profileId, ...changeOf(traits) };
}

export function deletion(profileId: string): DeleteCommand {
  return { kind: "delete", profileId };
}

function changeOf(traits: Traits) {
  const changes: TraitChange[] = [];
  const identifiers: Identifier[] = [];
  for (const [group, values] of Object.entries(traits)) {
    for (const [trait, value] of Object.entries(values)) {
      const isPromoted = group === "Contact" && (trait === "email" || trait === "phone");
      const releases = { type: trait, normalization: "none" } as const;
      changes.push({ group, trait, value, ...(isPromoted && value === null && { releases }) });
      if (isPromoted && typeof value === "string") identifiers.push({ type: trait, value });
    }
  }
  return { acceptedAt: accept(identifiers.length), changes, identifiers };
}
