import { text } from "node:stream/consumers";
import type { ProfileId, Traits } from "@memory-api/types";
import { createProfile as create } from "../../generated/operations.ts";
import { type FetchedProfile, fetchCanonicalProfile } from "../../profiles/canonical-profile.ts";
import { createProfiles } from "../../profiles/profiles.ts";
import { requiredOperand } from "../arguments.ts";
import { EXIT, InputError, UsageError } from "../errors.ts";
import type { Invocation } from "../invocation.ts";
import { isObject, openInput, parseJson } from "../io/input.ts";
import { print, printable } from "../io/output.ts";
import { assignedTraits, assignments, checkedId } from "../option-values.ts";

/** Prints a profile. If it was merged, prints the canonical profile. */
export async function getProfile({ operands, options, openStore, signal }: Invocation): Promise<number> {
  const profileId = profileIdOf("get", operands);
  const { connection, storeId } = await openStore();
  const traitGroups = options.groups?.split(",");
  const profile = await fetchCanonicalProfile(connection, storeId, profileId, { traitGroups, signal });
  if (options.json) await print(JSON.stringify(profile), signal);
  else for (const line of profileLines(profile)) await print(line, signal);
  return EXIT.done;
}

/** Creates a profile, or updates the one that the identifiers belong to, and prints its ID. */
export async function createProfile({ options, openStore, signal }: Invocation): Promise<number> {
  const set = assignments(options.set, options["set-json"]);
  if ((options.traits === undefined) === (set.length === 0)) {
    throw new UsageError(
      "Give the traits either with --set Group.trait=value and --set-json, or with --traits <file.json>.",
    );
  }
  const { connection, storeId } = await openStore();
  const traits: Traits = options.traits === undefined ? assignedTraits(set) : await readTraits(options.traits, signal);
  const created = await create(connection, { path: { storeId }, body: { traits } }, { signal });
  await print(options.json ? JSON.stringify(created) : created.id, signal);
  return EXIT.done;
}

/** Changes traits of a profile. */
export async function patchProfile({ operands, options, openStore, signal }: Invocation): Promise<number> {
  const profileId = profileIdOf("patch", operands);
  const removed = (options.unset ?? []).map((target) => [target, null] as const);
  const changes = [...assignments(options.set, options["set-json"]), ...removed];
  if (changes.length === 0) {
    throw new UsageError(
      "No change is given. Use --set Group.trait=value, --set-json Group.trait=5 or --unset Group.trait.",
    );
  }
  const traits = assignedTraits(changes);
  const { connection, storeId } = await openStore();
  const follow = { signal, followMoved: options["follow-moved"] };
  const patched = await createProfiles(connection, storeId).patch(profileId, { traits }, follow);
  await print(options.json ? JSON.stringify(patched) : printable(patched.message), signal);
  return EXIT.done;
}

/** Deletes a profile permanently. */
export async function deleteProfile({ operands, options, openStore, signal }: Invocation): Promise<number> {
  const profileId = profileIdOf("delete", operands);
  const { connection, storeId } = await openStore();
  const follow = { signal, followMoved: options["follow-moved"] };
  const deleted = await createProfiles(connection, storeId).delete(profileId, follow);
  await print(options.json ? JSON.stringify(deleted) : printable(deleted.message), signal);
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
  throw new InputError(`${path} is not a JSON object of trait groups, such as {"Contact":{"firstName":"Ada"}}.`);
}

/** The service validates names and options. */
function isTraits(value: unknown): value is Traits {
  return isObject(value);
}

/** @throws {UsageError} if the operand is missing or not a profile ID */
function profileIdOf(action: string, operands: readonly string[]): ProfileId {
  const id = requiredOperand(operands, `memory profile ${action} <profileId>`);
  return checkedId("ProfileId", id, "The profile ID");
}
