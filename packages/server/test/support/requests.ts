import type { OperationId } from "@memory-api/types";
import type { ApiServer } from "./api-server.ts";
import type { Request } from "./send-request.ts";
import { storeId } from "./settings-for-tests.ts";

type Sender = Pick<ApiServer, "send">;

export const unknownProfileId = "mem_profile_7zzzzzzzzzzzzzzzzzzzzzzzzz";
export const unknownImportId = "mem_import_7zzzzzzzzzzzzzzzzzzzzzzzzz";

export const profilesOf = (store: string) => `/v1/Stores/${store}/Profiles`;
export const profileOf = (profileId: string, store: string = storeId) => `${profilesOf(store)}/${profileId}`;
export const importsOf = (store: string) => `${profilesOf(store)}/Imports`;

/** A file and the import that announces it. */
export const csv = Buffer.from("Email,Name\nada.reyes@example.com,Ada\n");
export const announced = {
  filename: "people.csv",
  fileSize: csv.length,
  columnMappings: [
    { columnName: "Email", traitGroup: "Contact", traitName: "email" },
    { columnName: "Name", traitGroup: "Contact", traitName: "firstName" },
  ],
};

/** Creates a request that succeeds, for each operation, and the profile or import that it needs. */
export const acceptedRequest: { readonly [Id in OperationId]: (api: Sender) => Promise<Request> } = {
  listProfiles: async () => ({ method: "GET", target: profilesOf(storeId) }),
  createProfile: async () => ({
    method: "POST",
    target: profilesOf(storeId),
    body: { traits: { Contact: { email: "ada.reyes@example.com", firstName: "Ada" } } },
  }),
  updateProfilesBulk: async () => ({
    method: "PUT",
    target: profileOf("Bulk"),
    body: { profiles: [{ traits: { Contact: { phone: "+13175551234" } } }] },
  }),
  listProfileImportsV2: async () => ({ method: "GET", target: importsOf(storeId) }),
  createProfilesImportV2: async () => ({ method: "POST", target: importsOf(storeId), body: announced }),
  fetchProfileImportV2: async (api) => {
    const { importId } = await createImport(api);
    return { method: "GET", target: `${importsOf(storeId)}/${importId}` };
  },
  fetchProfile: async (api) => ({ method: "GET", target: profileOf(await createProfile(api)) }),
  patchProfileTraits: async (api) => ({
    method: "PATCH",
    target: profileOf(await createProfile(api)),
    body: { traits: { Contact: { city: "Oakland", email: null } } },
  }),
  deleteProfile: async (api) => ({ method: "DELETE", target: profileOf(await createProfile(api)) }),
  uploadImportFile: async (api) => uploadOf(await createImport(api)),
};

/** @returns the ID of the profile that the traits belong to */
export async function createProfile(
  api: Sender,
  traits: Readonly<Record<string, unknown>> = { email: "ada.reyes@example.com" },
  store = storeId,
): Promise<string> {
  const response = await api.send({ method: "POST", target: profilesOf(store), body: { traits: { Contact: traits } } });
  return String(Object(response.body).id);
}

/** @returns the ID of a profile that was merged, and of the one that it was merged into */
export async function mergeProfiles(api: Sender): Promise<{ moved: string; canonical: string }> {
  const canonical = await createProfile(api, { email: "ada@example.com" });
  const moved = await createProfile(api, { phone: "+13175551234" });
  await createProfile(api, { email: "ada@example.com", phone: "+13175551234" });
  return { moved, canonical };
}

export interface CreatedImport {
  readonly importId: string;
  readonly url: string;
}

export async function createImport(api: Sender, body: object = announced): Promise<CreatedImport> {
  const response = await api.send({ method: "POST", target: importsOf(storeId), body });
  const { importId, url } = Object(response.body);
  return { importId: String(importId), url: String(url) };
}

/** The upload of a file to the upload URL of the import. */
export function uploadOf({ url }: CreatedImport, body: Uint8Array = csv): Request {
  const { pathname, search } = new URL(url);
  const headers = { "content-type": "text/csv", "content-length": String(body.length) };
  return { method: "PUT", target: pathname + search, body, headers, as: "nobody" };
}
