import { notFound } from "../api-error.ts";
import type { Operation } from "../operation.ts";
import { profileMoved } from "./profile-moved.ts";

export const deleteProfile: Operation<"deleteProfile"> = async ({ storage }, { path, store, origin, isAbandoned }) => {
  const { storeId, profileId } = path;
  const [outcome] = await storage.apply(store, [{ kind: "delete", profileId }], { isAbandoned });
  if (outcome?.kind === "moved") return { status: 308, ...profileMoved(origin, storeId, outcome.id) };
  if (outcome?.kind !== "applied") throw notFound("No profile has this ID");
  return { status: 202, body: { message: "Profile accepted for deletion." } };
};
