import type { Command } from "../../domain/commands/command.ts";
import type { Identifier, TraitChange } from "../../domain/stores/store-rules.ts";

const FIELDS_OF_IDENTIFIER = 2;
const FIELDS_OF_CHANGE = 4;

/**
 * Commands as JSON, for the thread of the database. Each is a list of its fields: written as objects, the names of the properties would take
 * more time than the values, and a structured clone would take twice as long again.
 */
export function encodeCommands(commands: readonly Command[]): string {
  return JSON.stringify(commands.map(fieldsOf));
}

function fieldsOf(command: Command): readonly unknown[] {
  if (command.kind === "delete") return [command.kind, command.profileId];
  const identifiers: unknown[] = [];
  for (const { type, value } of command.identifiers) identifiers.push(type, value);
  const changes: unknown[] = [];
  for (const { group, trait, value, releases } of command.changes) changes.push(group, trait, value, releases ?? null);
  const id = command.kind === "upsert" ? command.newId : command.profileId;
  return [command.kind, id, command.acceptedAt, identifiers, changes];
}

export function decodeCommands(text: string): Command[] {
  const commands: Command[] = [];
  for (const [kind, id, acceptedAt, identifierFields, changeFields] of JSON.parse(text)) {
    if (kind === "delete") {
      commands.push({ kind, profileId: id });
      continue;
    }
    const identifiers: Identifier[] = [];
    for (let at = 0; at < identifierFields.length; at += FIELDS_OF_IDENTIFIER) {
      identifiers.push({ type: identifierFields[at], value: identifierFields[at + 1] });
    }
    const changes: TraitChange[] = [];
    for (let at = 0; at < changeFields.length; at += FIELDS_OF_CHANGE) {
      const releases = changeFields[at + 3];
      const change = { group: changeFields[at], trait: changeFields[at + 1], value: changeFields[at + 2] };
      changes.push(releases === null ? change : { ...change, releases });
    }
    const rest = { acceptedAt, changes, identifiers };
    commands.push(kind === "upsert" ? { kind, newId: id, ...rest } : { kind, profileId: id, ...rest });
  }
  return commands;
}
