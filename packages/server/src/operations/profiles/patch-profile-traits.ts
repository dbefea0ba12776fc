import { buildPatch } from "../../domain/commands/build-command.ts";
import { notFound } from "../api-error.ts";
import type { Operation } from "../operation.ts";
import { profileMoved } from "./profile-moved.ts";
import { readTraits } from "./read-traits.ts";

export const patchProfileTraits: Operation<"patchProfileTraits"> = async (
  dependencies,
  { path, body, store, origin, isAbandoned },
) => {
  const { storeId, profileId } = path;
  const command = buildPatch(
    dependencies,
    store.rules,
    profileId,
    readTraits(store.rules, body.traits ?? {}, "/traits"),
  );
  const [outcome] = await dependencies.storage.apply(store, [command], { isAbandoned });
  if (outcome?.kind === "moved") return { status: 308, ...profileMoved(origin, storeId, outcome.id) };
  if (outcome?.kind !== "applied") throw notFound("No profile has this ID");
  return { status: 202, body: { message: "Trait modifications accepted for processing." } };
};
