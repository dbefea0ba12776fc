import { createMemoryClient, isMemoryApiError } from "@memory-api/client";
import { createFetchClient, profileMoved, throwMemoryErrors, uploadImportFile } from "@memory-api/client/openapi-fetch";
import { createSandbox } from "@memory-api/server";
import { afterAll, beforeEach, expect, it } from "vitest";

const sandbox = await createSandbox();
const options = sandbox.clientOptions;
const storeId = "mem_store_00000000000000000000000000";
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

it("creates and fetches a profile", async () => {
  const client = createFetchClient(options); // { baseUrl, credentials, fetch }; on a server, nothing is needed

  const created = await client.POST("/v1/Stores/{storeId}/Profiles", {
    params: { path: { storeId } },
    body: { traits: { Contact: { email: "ada.reyes@example.com" } } },
  });
  if (created.error) throw new Error(created.error.message);

  const { data, error, response } = await client.GET("/v1/Stores/{storeId}/Profiles/{profileId}", {
    params: { path: { storeId, profileId: created.data.id }, query: { traitGroups: "Contact" } },
  });
  expect([response.status, error, data?.traits.Contact?.email]).toEqual([200, undefined, "ada.reyes@example.com"]);
});

it("does not delete the profile that another one was merged into", async () => {
  const client = createFetchClient(options);
  const [id, mergedId] = ["mem_profile_01kkbk0tftehys1y7x5j5x83q4", "mem_profile_01kkbk0tftf5ztjt0pa3dr7vy9"] as const;
  const traits = { Contact: { email: "ada.reyes@example.com" } };
  await sandbox.seed({ profiles: [{ id, traits, mergedIds: [mergedId] }] });

  const result = await client.DELETE("/v1/Stores/{storeId}/Profiles/{profileId}", {
    params: { path: { storeId, profileId: mergedId } },
  });
  const moved = profileMoved(result);
  expect(moved).toMatchObject({ status: 308, canonicalProfileId: id });
  expect(result.data).toBeUndefined();
});

it("rejects with the errors of the SDK, if asked to", async () => {
  const client = createFetchClient(options);
  client.use(throwMemoryErrors);

  const profileId = "mem_profile_00000000000000000000000000";
  const fetching = client.GET("/v1/Stores/{storeId}/Profiles/{profileId}", {
    params: { path: { storeId, profileId } },
  });
  const error = await fetching.catch((thrown: unknown) => thrown);
  expect(isMemoryApiError(error, "fetchProfile", 404) && error.body.message).toBe("No profile has this ID");
});

it("shares a connection with the SDK", async () => {
  const memory = createMemoryClient(options);
  const client = createFetchClient({ connection: memory.connection });

  await memory.store(storeId).profiles.create({ traits: { Contact: { email: "ada.reyes@example.com" } } });
  const { data } = await client.GET("/v1/Stores/{storeId}/Profiles", { params: { path: { storeId } } });
  expect(data?.profiles).toHaveLength(1);
});

it("uploads the file of an import", async () => {
  const client = createFetchClient(options);
  const file = "email,name\nada.reyes@example.com,Ada\n";

  const { data } = await client.POST("/v1/Stores/{storeId}/Profiles/Imports", {
    params: { path: { storeId } },
    body: {
      filename: "contacts.csv",
      fileSize: new Blob([file]).size,
      columnMappings: [
        { columnName: "email", traitGroup: "Contact", traitName: "email" },
        { columnName: "name", traitGroup: "Contact", traitName: "firstName" },
      ],
    },
  });
  if (data === undefined) throw new Error("The import was not created.");
  const { error } = await uploadImportFile(data.url, file, { fetch: options.fetch });
  expect(error).toBeUndefined();
});
