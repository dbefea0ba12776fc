// Compiled as a part of the consumer. It calls every operation through openapi-fetch. It only compiles if the installed types
// accept these calls and reject each marked line.
import { createFetchClient, profileMoved } from "@memory-api/client/openapi-fetch";
import type { paths } from "@memory-api/types";
import createClient, { type Client } from "openapi-fetch";

const STORE = "/v1/Stores/{storeId}/Profiles";
const PROFILE = "/v1/Stores/{storeId}/Profiles/{profileId}";
const IMPORTS = "/v1/Stores/{storeId}/Profiles/Imports";
const storeId = "mem_store_00000000000000000000000000";
const profileId = "mem_profile_00000000000000000000000000";
const importId = "mem_import_01111111111111111111111111";
const path = { storeId } as const;

export async function callAll(client: Client<paths>): Promise<(string | undefined)[]> {
  const traits = { Contact: { email: "ada.reyes@example.com" } };
  const created = await client.POST(STORE, { params: { path }, body: { traits } });
  const listed = await client.GET(STORE, { params: { path, query: { pageSize: 3, orderBy: "ASC" } } });
  const fetched = await client.GET(PROFILE, { params: { path: { storeId, profileId } } });
  const body = { traits: { Contact: { city: "Oakland", phone: null } } };
  const patched = await client.PATCH(PROFILE, { params: { path: { storeId, profileId } }, body });
  const deleted = await client.DELETE(PROFILE, { params: { path: { storeId, profileId } } });
  const upserted = await client.PUT(`${STORE}/Bulk`, { params: { path }, body: { profiles: [{ traits }] } });
  const columnMappings = [
    { columnName: "email", traitGroup: "Contact", traitName: "email" },
    { columnName: "name", traitGroup: "Contact", traitName: "firstName" },
  ];
  const file = { filename: "contacts.csv", fileSize: 45, columnMappings };
  const imported = await client.POST(IMPORTS, { params: { path }, body: file });
  const imports = await client.GET(IMPORTS, { params: { path } });
  const status = await client.GET(`${IMPORTS}/{importId}`, { params: { path: { storeId, importId } } });
  const moved = profileMoved(fetched)?.canonicalProfileId;
  return [
    created.data?.id,
    listed.data?.meta.nextToken,
    moved ?? fetched.data?.createdAt,
    patched.error?.message ?? patched.data?.message,
    deleted.data?.message,
    upserted.data?.message,
    imported.data?.url,
    imports.data?.imports[0],
    status.data?.status,
  ];
}

export const bare = createClient<paths>({ baseUrl: "http://127.0.0.1:4010" });
export const withClient: Client<paths> = createFetchClient({ credentials: { apiKey: "any", apiSecret: "any" } });

export async function misuse(client: Client<paths>): Promise<void> {
  // @ts-expect-error a wrong path
  await client.GET("/v1/Stores/{storeId}/Customers", { params: { path } });
  // @ts-expect-error a method that the path does not have
  await client.POST(PROFILE, { params: { path: { storeId, profileId } } });
  // @ts-expect-error a missing path parameter
  await client.GET(PROFILE, { params: { path } });
  // @ts-expect-error a path parameter of another kind
  await client.GET(PROFILE, { params: { path: { storeId, profileId: importId } } });
  // openapi-fetch 0.17 does not detect unknown properties of the body. The service returns 400.
  await client.PATCH(PROFILE, { params: { path: { storeId, profileId } }, body: { trait: {} } });
  // @ts-expect-error a wrong orderBy
  await client.GET(STORE, { params: { path, query: { orderBy: "RANDOM" } } });
  // @ts-expect-error an unknown query parameter
  await client.GET(STORE, { params: { path, query: { sort: "ASC" } } });
  // @ts-expect-error null removes a trait in a patch only
  await client.POST(STORE, { params: { path }, body: { traits: { Contact: { phone: null } } } });
  const { data, error } = await client.GET(PROFILE, { params: { path: { storeId, profileId } } });
  // @ts-expect-error data may be undefined
  console.log(data.id);
  // @ts-expect-error the error body has no property of this name
  console.log(error?.reason);
}
