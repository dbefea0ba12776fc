import { operations } from "@memory-api/types";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createFetchClient, profileMoved, throwMemoryErrors, uploadImportFile } from "../../src/openapi-fetch/index.ts";
import { sandboxProcess } from "../sandbox-process.ts";

const STORE = "/v1/Stores/{storeId}/Profiles";
const PROFILE = "/v1/Stores/{storeId}/Profiles/{profileId}";
const IMPORTS = "/v1/Stores/{storeId}/Profiles/Imports";
const storeId = "mem_store_00000000000000000000000000";
const path = { storeId } as const;
const canonicalProfileId = "mem_profile_01kkbk0tftehys1y7x5j5x83q4";
const mergedId = "mem_profile_01kkbk0tftf5ztjt0pa3dr7vy9";
const ada = { traits: { Contact: { email: "ada.reyes@example.com", firstName: "Ada" } } };
const columnMappings = [
  { columnName: "email", traitGroup: "Contact", traitName: "email" },
  { columnName: "name", traitGroup: "Contact", traitName: "firstName" },
];

let sandbox: Awaited<ReturnType<typeof sandboxProcess>>;
beforeAll(async () => {
  sandbox = await sandboxProcess();
});
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.reset());

const client = () => createFetchClient({ baseUrl: sandbox.url, credentials: sandbox.credentials });

describe("the openapi-fetch client", () => {
  it("calls every operation of the contract", async () => {
    const { GET, POST, PUT, PATCH, DELETE } = client();
    const created = await POST(STORE, { params: { path }, body: ada });
    const profileId = created.data?.id ?? mergedId;
    const patch = { traits: { Contact: { city: "Oakland" } } };
    expect((await PATCH(PROFILE, { params: { path: { storeId, profileId } }, body: patch })).response.status).toBe(202);
    const fetched = await GET(PROFILE, { params: { path: { storeId, profileId }, query: { traitGroups: "Contact" } } });
    expect(fetched.data).toMatchObject({ id: profileId, traits: { Contact: { city: "Oakland", firstName: "Ada" } } });
    const bulk = { profiles: [{ traits: { Contact: { email: "jonas.weir@example.com" } } }] };
    expect((await PUT(`${STORE}/Bulk`, { params: { path }, body: bulk })).data?.message).toBeDefined();
    const listed = await GET(STORE, { params: { path, query: { pageSize: 10, orderBy: "ASC" } } });
    expect(listed.data?.profiles).toHaveLength(2);

    const file = "email,name\nmina.osei@example.com,Mina\n";
    const body = { filename: "contacts.csv", fileSize: file.length, columnMappings };
    const { data: created2 } = await POST(IMPORTS, { params: { path }, body });
    if (created2 === undefined) throw new Error("The import was not created.");
    expect(await uploadImportFile(created2.url, file)).toMatchObject({ data: undefined, response: { status: 200 } });
    const { importId } = created2;
    const statusOf = async () =>
      (await GET(`${IMPORTS}/{importId}`, { params: { path: { storeId, importId } } })).data?.status;
    await expect.poll(statusOf).toBe("COMPLETED");
    expect((await GET(IMPORTS, { params: { path } })).data?.imports).toEqual([importId]);

    expect((await DELETE(PROFILE, { params: { path: { storeId, profileId } } })).data?.message).toBeDefined();
    expect(new Set(await sandbox.requestedOperations())).toEqual(new Set(Object.keys(operations)));
  });

  it("returns the documented error body, with the response and its headers", async () => {
    const { data, error, response } = await client().GET(PROFILE, {
      params: { path: { storeId, profileId: mergedId } },
    });
    expect({ data, error }).toEqual({ data: undefined, error: expect.objectContaining({ code: 20404, status: 404 }) });
    expect(response).toBeInstanceOf(Response);
    expect(response.status).toBe(404);
    expect(response.headers.get("x-request-id")).toMatch(/\S/);
    expect([...response.headers.keys()]).toContain("date");
  });
});

describe("a merged profile", () => {
  const init = { params: { path: { storeId, profileId: mergedId } } } as const;
  beforeEach(() => sandbox.seed([{ id: canonicalProfileId, traits: ada.traits, mergedIds: [mergedId] }]));

  it.each([
    ["fetched", 301, () => client().GET(PROFILE, init)],
    ["patched", 308, () => client().PATCH(PROFILE, { ...init, body: { traits: { Contact: { city: "Oakland" } } } })],
    ["deleted", 308, () => client().DELETE(PROFILE, init)],
  ] as const)("is not %s: the result has no data, and names the canonical profile", async (_, status, call) => {
    const result = await call();
    expect(result.data).toBeUndefined();
    const body = {
      message: expect.any(String),
      uri: `${sandbox.url}/v1/Stores/${storeId}/Profiles/${canonicalProfileId}`,
    };
    expect(profileMoved(result)).toEqual({ status, canonicalProfileId, body });
    const { data } = await client().GET(PROFILE, { params: { path: { storeId, profileId: canonicalProfileId } } });
    expect(data?.traits).toEqual(ada.traits);
  });

  it("is distinguished from every other result", async () => {
    expect(profileMoved(await client().GET(STORE, { params: { path } }))).toBeUndefined();
    const absent = { params: { path: { storeId, profileId: "mem_profile_00000000000000000000000000" } } } as const;
    expect(profileMoved(await client().GET(PROFILE, absent))).toBeUndefined();
  });

  it("rejects with a ProfileMovedError with throwMemoryErrors", async () => {
    const throwing = client();
    throwing.use(throwMemoryErrors);
    await expect(throwing.DELETE(PROFILE, init)).rejects.toMatchObject({
      name: "ProfileMovedError",
      operationId: "deleteProfile",
      status: 308,
      canonicalProfileId,
    });
  });
});

describe("throwMemoryErrors", () => {
  const init = { params: { path: { storeId, profileId: mergedId } } } as const;

  it("rejects with a MemoryApiError, and does not change a success", async () => {
    const throwing = client();
    throwing.use(throwMemoryErrors);
    await expect(throwing.GET(PROFILE, init)).rejects.toMatchObject({
      name: "MemoryApiError",
      status: 404,
      code: 20404,
    });
    expect((await throwing.POST(STORE, { params: { path }, body: ada })).data?.id).toMatch(/^mem_profile_/);
  });

  it("rejects for a response that another middleware made", async () => {
    const throwing = client();
    const headers = { "Canonical-Profile-Id": canonicalProfileId };
    throwing.use(throwMemoryErrors, {
      onResponse: () => Response.json({ message: "m", uri: "u" }, { status: 301, headers }),
    });
    await expect(throwing.GET(PROFILE, init)).rejects.toMatchObject({ name: "ProfileMovedError", canonicalProfileId });
  });
});
