import { checkBody } from "#generated/check-request.js";
import { badRequest, invalidBody } from "../../api-error.ts";
import type { Command } from "../../domain/command.ts";
import { identifiersOf } from "../../domain/identifiers-of.ts";
import type { StoreRules } from "../../domain/store-rules.ts";
import { createIdSource } from "../../domain/type-id.ts";
import { explainMismatch } from "../../http/explain-mismatch.ts";
import { readTraits } from "../../operations/read-traits.ts";
import type { SandboxSources } from "../sandbox-sources.ts";
import type { SeedProfile } from "./seed.ts";
import { checkId, readTime } from "./seed-values.ts";

/** Type of the identifiers by which a profile is merged that is seeded as merged: no store declares it. */
const SEEDED = "sandbox-seed";

export interface SeededProfile {
  readonly id: string;
  /** Make the profile and all that was merged into it. */
  readonly commands: readonly Command[];
}

/**
 * What makes a profile.
 *
 * @param pointer JSON pointer of the profile in its seed
 * @throws {ApiError} 400 for what the API would refuse too
 */
export function seedProfile(
  rules: StoreRules,
  sources: SandboxSources,
  { id: given, createdAt, traits, mergedIds = [] }: SeedProfile,
  pointer: string,
): SeededProfile {
  const [error] = checkBody.createProfile({ traits }) ? [] : (checkBody.createProfile.errors ?? []);
  if (error) throw invalidBody(explainMismatch(pointer, error));
  const changes = readTraits(rules, traits, `${pointer}/traits`);
  const identifiers = identifiersOf(rules, changes);
  if (identifiers.length === 0)
    throw badRequest(`${pointer}/traits: at least one trait must be promoted to an identifier`);

  const time = createdAt === undefined ? undefined : readTime(createdAt, `${pointer}/createdAt`);
  const ids = time === undefined ? sources.ids : createIdSource(() => time, sources.fillRandom);
  const id = given ?? ids.next("mem_profile");
  const acceptedAt = time === undefined ? sources.accept(identifiers.length) : time * 1000;
  checkId("ProfileId", id, `${pointer}/id`);
  for (const [at, mergedId] of mergedIds.entries()) {
    checkId("ProfileId", mergedId, `${pointer}/mergedIds/${at}`);
    if (mergedId <= id)
      throw badRequest(`${pointer}/mergedIds/${at}: must come after the profile's own ID, which survives`);
  }
  const merged = mergedIds.map((value) => ({ type: SEEDED, value }));
  const create: Command = { kind: "upsert", newId: id, acceptedAt, changes, identifiers };
  if (merged.length === 0) return { id, commands: [create] };
  const createMerged = merged.map(
    (one): Command => ({ kind: "upsert", newId: one.value, acceptedAt, changes: [], identifiers: [one] }),
  );
  const merge: Command = { kind: "patch", profileId: id, acceptedAt, changes: [], identifiers: merged };
  return { id, commands: [create, ...createMerged, merge] };
}
