import { notFound } from "../api-error.ts";
import { identifiersOf } from "../domain/identifiers-of.ts";
import type { Operation } from "./operation.ts";
import { profileMoved } from "./profile-moved.ts";
import { readTraits } from "./read-traits.ts";

export const patchProfileTraits: Operation<"patchProfileTraits"> = async (parts, { path, body, rules, origin }) => {
  const { storeId, profileId } = path;
  const changes = readTraits(rules, body.traits ?? {}, "/traits");
  const identifiers = identifiersOf(rules, changes);
  const acceptedAt = parts.accept(identifiers.length);
  const [outcome] = await parts.storage.apply(storeId, [
    { kind: "patch", profileId, acceptedAt, changes, identifiers },
  ]);
  if (outcome?.kind === "moved") return { status: 308, ...profileMoved(origin, storeId, outcome.id) };
  if (outcome?.kind !== "applied") throw notFound("No profile has this ID");
  return { status: 202, body: { message: "Trait modifications accepted for processing." } };
};
