import { checkBody } from "#generated/check-request.js";
import { buildUpsert } from "../../domain/commands/build-command.ts";
import type { Command } from "../../domain/commands/command.ts";
import { createIdSource } from "../../domain/commands/type-id.ts";
import type { StoreRules } from "../../domain/stores/store-rules.ts";
import { explainMismatch } from "../../http/checks/explain-mismatch.ts";
import { badRequest, invalidBody } from "../../operations/api-error.ts";
import { readTraits } from "../../operations/profiles/read-traits.ts";
import type { SandboxSources } from "../sandbox-sources.ts";
import type { SeedProfile } from "./seed.ts";
import { checkId, readTime } from "./seed-values.ts";

/** Type of the identifiers that merge the `mergedIds` of a profile. No store declares it. */
const SEEDED = "sandbox-seed";

export interface SeededProfile {
  readonly id: string;
  /** Create the profile and the profiles that are merged into it. */
  readonly commands: readonly Command[];
}

/**
 * Returns the commands that create a profile.
 *
 * @param pointer JSON pointer of the profile in its seed
 * @throws {ApiError} 400 for values that the API would reject
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

  const time = createdAt === undefined ? undefined : readTime(createdAt, `${pointer}/createdAt`);
  const ids = time === undefined ? sources.ids : createIdSource(() => time, sources.fillRandom);
  const create = buildUpsert(
    {
      ids: { next: (prefix) => given ?? ids.next(prefix) },
      accept: (ticks) => (time === undefined ? sources.accept(ticks) : time * 1000),
    },
    rules,
    changes,
  );
  if (create.kind === "unidentified") {
    throw badRequest(`${pointer}/traits: at least one trait must be promoted to an identifier`);
  }
  const { newId: id, acceptedAt } = create;
  checkId("ProfileId", id, `${pointer}/id`);
  for (const [at, mergedId] of mergedIds.entries()) {
    checkId("ProfileId", mergedId, `${pointer}/mergedIds/${at}`);
    if (mergedId <= id)
      throw badRequest(`${pointer}/mergedIds/${at}: must come after the profile's own ID, which survives`);
  }
  const merged = mergedIds.map((value) => ({ type: SEEDED, value }));
  if (merged.length === 0) return { id, commands: [create] };
  const createMerged = merged.map(
    (one): Command => ({ kind: "upsert", newId: one.value, acceptedAt, changes: [], identifiers: [one] }),
  );
  const merge: Command = { kind: "patch", profileId: id, acceptedAt, changes: [], identifiers: merged };
  return { id, commands: [create, ...createMerged, merge] };
}
