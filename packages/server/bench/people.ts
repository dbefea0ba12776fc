import { randomFillSync } from "node:crypto";
import { createAcceptance } from "../src/domain/commands/accepted-at.ts";
import { buildUpsert } from "../src/domain/commands/build-command.ts";
import type { UpsertCommand } from "../src/domain/commands/command.ts";
import { createIdSource } from "../src/domain/commands/type-id.ts";
import type { TraitChange } from "../src/domain/stores/store-rules.ts";
import { rules } from "./settings.ts";

const ids = createIdSource(Date.now, (bytes) => randomFillSync(bytes));
const accept = createAcceptance(Date.now);

/** The traits of a fictitious person: two identifiers and eight other traits. The same number gives the same person. */
export function person(number: number): Record<string, string> {
  return {
    email: `person.${number}@example.com`,
    phone: `+1415${String(2_000_000 + (number % 7_000_000)).padStart(7, "0")}`,
    firstName: `First${number % 997}`,
    lastName: `Last${number % 1999}`,
    street: `${number % 4000} Main Street`,
    city: "Los Angeles",
    state: "CA",
    postalCode: `${94000 + (number % 1000)}`,
    country: "US",
    preferredLanguage: "en-US",
  };
}

export function body(number: number): string {
  return JSON.stringify({ traits: { Contact: person(number) } });
}

function command(number: number): UpsertCommand {
  const changes: TraitChange[] = Object.entries(person(number)).map(([trait, value]) => ({
    group: "Contact",
    trait,
    value,
  }));
  const upsert = buildUpsert({ ids, accept }, rules, changes);
  if (upsert.kind === "unidentified") throw new Error("A person has identifiers.");
  return upsert;
}

export function commands(from: number, count: number): UpsertCommand[] {
  return Array.from({ length: count }, (_, at) => command(from + at));
}
