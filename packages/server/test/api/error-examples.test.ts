import { openapi } from "@memory-api/spec";
import { describe, expect, it } from "vitest";
import { StorageUnavailableError } from "../../src/storage/storage.ts";
import { type ApiServer, startApi } from "../support/api-server.ts";
import "../support/coverage.ts";
import {
  acceptedRequest,
  announced,
  createImport,
  importsOf,
  profileOf,
  profilesOf,
  unknownImportId,
  unknownProfileId,
  uploadOf,
} from "../support/requests.ts";
import { type Request, withHeaders } from "../support/send-request.ts";
import { foreignStoreId, logins, storeId, unknownStoreId } from "../support/settings-for-tests.ts";

const [email, firstName] = announced.columnMappings;

const list = (query = "", store = storeId): Request => ({ method: "GET", target: profilesOf(store) + query });
const create = (body: unknown): Request => ({ method: "POST", target: profilesOf(storeId), body });
const patch = (body: unknown): Request => ({ method: "PATCH", target: profileOf(unknownProfileId), body });
const bulk = (profiles: readonly unknown[]): Request => ({
  method: "PUT",
  target: profileOf("Bulk"),
  body: { profiles },
});
const announce = (changes: object): Request => ({
  method: "POST",
  target: importsOf(storeId),
  body: { ...announced, ...changes },
});
const fileSize = 204_800;
const upload = async (api: ApiServer, bytes: number) =>
  uploadOf(await createImport(api, { ...announced, fileSize }), Buffer.alloc(bytes, "a"));

type Provoke = Request | ((api: ApiServer) => Promise<Request>);

/** For each example of an error, the request that returns exactly this body. */
const requests: Readonly<Record<string, Provoke>> = {
  BulkEmptyErrorExample: bulk([]),
  BulkItemErrorExample: bulk([..."abc", ""].map((email) => ({ traits: { Contact: { email } } }))),
  ContentTooLargeErrorExample: create("a".repeat(5 * 1024 * 1024)),
  FileSizeErrorExample: announce({ fileSize: 104_857_601 }),
  ForbiddenErrorExample: list("", foreignStoreId),
  ImportNotFoundErrorExample: { method: "GET", target: `${importsOf(storeId)}/${unknownImportId}` },
  InternalServerErrorExample: async (api) => {
    api.failure = new Error("The disk melted.");
    return list();
  },
  LengthRequiredErrorExample: async (api) =>
    withHeaders(await upload(api, fileSize), { "content-length": "", "transfer-encoding": "chunked" }),
  MalformedImportIdErrorExample: { method: "GET", target: `${importsOf(storeId)}/mem_import_0` },
  MalformedProfileIdErrorExample: { method: "DELETE", target: profileOf("mem_profile_8zzzzzzzzzzzzzzzzzzzzzzzzz") },
  MalformedStoreIdErrorExample: list("", "mem_shop_00000000000000000000000000"),
  MappingIdentifierErrorExample: announce({ columnMappings: [firstName, { ...firstName, traitName: "city" }] }),
  MappingRepeatedErrorExample: announce({ columnMappings: [email, firstName, { ...email, columnName: "Mail" }] }),
  MappingTargetErrorExample: announce({ columnMappings: [email, { ...firstName, traitName: "nickname" }] }),
  NoIdentifierErrorExample: create({}),
  PageSizeErrorExample: list("?pageSize=0"),
  PageTokenErrorExample: list("?pageToken=never-issued"),
  ProfileNotFoundErrorExample: { method: "GET", target: profileOf(unknownProfileId) },
  ServiceUnavailableErrorExample: async (api) => {
    api.failure = new StorageUnavailableError("The disk is full.");
    return list();
  },
  StoreNotFoundErrorExample: list("", unknownStoreId),
  TooManyRequestsErrorExample: async (api) => {
    await api.send({ method: "GET", target: importsOf(foreignStoreId) });
    return list();
  },
  TraitGroupsErrorExample: { method: "GET", target: `${profileOf(unknownProfileId)}?traitGroups=` },
  TraitValueErrorExample: create({ traits: { Contact: { firstName: "a".repeat(1025) } } }),
  UnauthorizedErrorExample: { ...list(), as: "nobody" },
  UnknownPropertyErrorExample: patch({ trait: {} }),
  UnknownTraitErrorExample: patch({ traits: { Contact: { nickname: "Ada" } } }),
  UnknownTraitGroupErrorExample: create({ traits: { Kontact: {} } }),
  UnsupportedMediaTypeErrorExample: { ...create({}), headers: { "content-type": "application/jsonp" } },
  UploadConflictErrorExample: async (api) => {
    const request = await acceptedRequest.uploadImportFile(api);
    await api.send(request);
    return request;
  },
  UploadExpiredErrorExample: async (api) => {
    const request = await upload(api, fileSize);
    api.time += 1_800_000;
    return request;
  },
  UploadLengthErrorExample: (api) => upload(api, fileSize - 1),
  UploadSignatureErrorExample: { method: "PUT", target: `/uploads/${unknownImportId}?token=never-issued` },
  UploadTooLongErrorExample: (api) => upload(api, fileSize + 1),
  WrongCredentialsErrorExample: { ...list(), as: [logins.owner[0], "wrong"] },
};

const examples = Object.entries(openapi.components?.examples ?? {}).flatMap(([name, example]) =>
  name.endsWith("ErrorExample") && "value" in example ? [[name, example.value] as const] : [],
);
const reproduced = new Set<string>();

describe("the server returns exactly the body of the example of an error", () => {
  it.each(examples)("%s", async (name, value) => {
    const isLimited = name === "TooManyRequestsErrorExample";
    const api = await startApi(isLimited ? { rateLimits: { read: { perSecond: 1, burst: 1 } } } : {});
    const provoke = requests[name];
    if (provoke === undefined) throw new Error(`Add a request that returns ${name} to \`requests\` in this file.`);
    const response = await api.send(typeof provoke === "function" ? await provoke(api) : provoke);
    expect(response.body).toEqual(value);
    reproduced.add(name);
  });

  it("and all of them are covered", ({ task }) => {
    task.meta.coverage = `${reproduced.size} of ${examples.length} examples of errors by the server`;
    expect([...reproduced].sort()).toEqual(Object.keys(requests).sort());
  });
});
