import { notFound } from "../api-error.ts";
import type { Operation } from "../operation.ts";
import { profileMoved } from "./profile-moved.ts";

export const fetchProfile: Operation<"fetchProfile"> = async ({ storage }, { path, query, origin }) => {
  const { storeId, profileId } = path;
  const view = await storage.fetchProfile(storeId, profileId, groupsOf(query?.traitGroups));
  if (view === undefined) throw notFound("No profile has this ID");
  if (view.kind === "moved") return { status: 301, ...profileMoved(origin, storeId, view.id) };
  const createdAt = new Date(view.createdAt).toISOString();
  return { status: 200, body: { id: profileId, createdAt, traits: view.traits } };
};

function groupsOf(list: string | undefined): readonly string[] | undefined {
  return list === undefined ? undefined : [...new Set(list.split(",").map((name) => name.trim()))];
}
