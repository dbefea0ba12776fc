import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import type { Traits } from "@memory-api/types";
import { createProfile as create } from "../generated/operations.ts";
import { type FetchedProfile, fetchCanonicalProfile } from "../profiles/fetch-canonical-profile.ts";
import { createProfiles } from "../profiles/profiles.ts";
import { ASSIGNMENT_OPTIONS, assignedTraits, assignments, checkedId, noOperands, oneOperand } from "./arguments.ts";
import { EXIT, InputError, UsageError } from "./errors.ts";
import { isObject, openInput, parseJson } from "./io/input.ts";
import { print, printable } from "./io/output.ts";
import { openStore, STORE_OPTIONS } from "./store.ts";

/** Prints a profile. If it was merged, prints the canonical profile. */
export async function getProfile(given: readonly string[], signal: AbortSignal): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...given],
    allowPositionals: true,
    options: { ...STORE_OPTIONS, groups: { type: "string" } },
  });
  const profileId = checkedId("ProfileId", oneOperand(positionals, "memory profile get <id>"), "The ID");
  const { connection, storeId } = await openStore(values);
  const traitGroups = values.groups?.split(",");
  const profile = await fetchCanonicalProfile(connection, storeId, profileId, { traitGroups, signal });
  if (values.json) await print(JSON.stringify(profile), signal);
  else for (const line of profileLines(profile)) await print(line, signal);
  return EXIT.done;
}

/** Creates a profile, or updates the one that the identifiers belong to, and prints its ID. */
export async function createProfile(given: readonly string[], signal: AbortSignal): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...given],
    allowPositionals: true,
    options: {
      ...STORE_OPTIONS,
      ...ASSIGNMENT_OPTIONS,
      traits: { type: "string" },
    },
  });
  noOperands(positionals);
  const set = assignments(values.set, values["set-json"]);
  if ((values.traits === undefined) === (set.length === 0)) {
    throw new UsageError("Give the traits either by --set Group.trait=value and --set-json, or by --traits <file>.");
  }
  const { connection, storeId } = await openStore(values);
  const traits: Traits = values.traits === undefined ? assignedTraits(set) : await readTraits(values.traits, signal);
  const created = await create(connection, { path: { storeId }, body: { traits } }, { signal });
  await print(values.json ? JSON.stringify(created) : created.id, signal);
  return EXIT.done;
}

/** Changes traits of a profile. */
export async function patchProfile(given: readonly string[], signal: AbortSignal): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...given],
    allowPositionals: true,
    options: {
      ...STORE_OPTIONS,
      ...ASSIGNMENT_OPTIONS,
      unset: { type: "string", multiple: true },
      "follow-moved": { type: "boolean" },
    },
  });
  const profileId = checkedId("ProfileId", oneOperand(positionals, "memory profile patch <id>"), "The ID");
  const removed = (values.unset ?? []).map((target) => [target, null] as const);
  const changes = [...assignments(values.set, values["set-json"]), ...removed];
  if (changes.length === 0) {
    throw new UsageError("Say what changes: --set Group.trait=value, --set-json Group.trait=5, --unset Group.trait.");
  }
  const traits = assignedTraits(changes);
  const { connection, storeId } = await openStore(values);
  const options = { signal, followMoved: values["follow-moved"] };
  const patched = await createProfiles(connection, storeId).patch(profileId, { traits }, options);
  await print(values.json ? JSON.stringify(patched) : printable(patched.message), signal);
  return EXIT.done;
}

/** Deletes a profile permanently. */
export async function deleteProfile(given: readonly string[], signal: AbortSignal): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...given],
    allowPositionals: true,
    options: { ...STORE_OPTIONS, "follow-moved": { type: "boolean" } },
  });
  const profileId = checkedId("ProfileId", oneOperand(positionals, "memory profile delete <id>"), "The ID");
  const { connection, storeId } = await openStore(values);
  const options = { signal, followMoved: values["follow-moved"] };
  const deleted = await createProfiles(connection, storeId).delete(profileId, options);
  await print(values.json ? JSON.stringify(deleted) : printable(deleted.message), signal);
  return EXIT.done;
}

function profileLines({ id, movedFrom, createdAt, traits }: FetchedProfile): string[] {
  const lines = [`id: ${id}`];
  if (movedFrom !== undefined) lines.push(`movedFrom: ${movedFrom} (it was merged into this profile)`);
  lines.push(`createdAt: ${createdAt}`);
  for (const [group, values] of Object.entries(traits)) {
    for (const [name, value] of Object.entries(values ?? {})) {
      lines.push(`${group}.${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`);
    }
  }
  return lines.map(printable);
}

/**
 * Reads traits from a JSON file, or from standard input for `-`.
 *
 * @throws {InputError} if it does not contain a JSON object
 */
async function readTraits(path: string, signal: AbortSignal): Promise<Traits> {
  const { stream } = await openInput(path, signal);
  const json = await text(stream).finally(() => signal.throwIfAborted());
  const traits = parseJson(json);
  if (isTraits(traits)) return traits;
  throw new InputError(`${path} holds no traits: a JSON object of groups, such as {"Contact":{"firstName":"Ada"}}.`);
}

/** The service validates names and values. */
function isTraits(value: unknown): value is Traits {
  return isObject(value);
}
