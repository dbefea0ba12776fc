import { type OperationId, operations } from "@memory-api/types";
import { describe, expect, it } from "vitest";
import { StorageUnavailableError } from "../../src/storage/storage.ts";
import { type ApiServer, startApi } from "../support/api-server.ts";
import "../support/coverage.ts";
import { acceptedRequest, createImport, csv, mergeProfiles, uploadOf } from "../support/requests.ts";
import { type Request, withHeaders } from "../support/send-request.ts";
import { foreignStoreId, logins, storeId, unknownStoreId } from "../support/settings-for-tests.ts";

const MIB = 1024 * 1024;

/** Changes a request that is accepted so that it returns another status. */
type Change = (request: Request, api: ApiServer, id: OperationId) => Request | Promise<Request>;

const inStore = (request: Request, id: string) => ({ ...request, target: request.target.replace(storeId, id) });
const moved: Change = async (request, api) => {
  const { moved: profileId } = await mergeProfiles(api);
  return { ...request, target: request.target.replace(/mem_profile_\w+/, profileId) };
};

const changes: Readonly<Record<number, Change>> = {
  301: moved,
  308: moved,
  400: (request) => inStore(request, "mem_store_of_ours"),
  401: (request) => ({ ...request, as: [logins.owner[0], "wrong"] }),
  403: (request) => inStore(request, foreignStoreId),
  404: (request) => inStore(request, unknownStoreId),
  413: (request, _, id) => ({ ...request, body: Buffer.alloc((id === "updateProfilesBulk" ? 16 : 5) * MIB + 1, " ") }),
  415: (request) => withHeaders(request, { "content-type": "text/plain" }),
  429: async (request, api) => {
    await api.send(request);
    return request;
  },
  500: (request, api) => {
    api.failure = new Error("The disk melted.");
    return request;
  },
  503: (request, api) => {
    api.failure = new StorageUnavailableError("The disk is full.");
    return request;
  },
};

const uploadChanges: typeof changes = {
  ...changes,
  400: (request) => ({ ...request, ...uploaded(request, csv.subarray(1)) }),
  403: (request) => ({ ...request, target: `${request.target}0` }),
  // Signed with the same key, for an import of another server.
  404: async () => uploadOf(await createImport(await startApi())),
  409: async (request, api) => {
    await api.send(request);
    return request;
  },
  411: (request) => withHeaders(request, { "content-length": "", "transfer-encoding": "chunked" }),
  413: (request) => ({ ...request, ...uploaded(request, Buffer.concat([csv, csv])) }),
};

const uploaded = (request: Request, body: Uint8Array) =>
  withHeaders({ ...request, body }, { "content-length": String(body.length) });

const slow = { perSecond: 0.25, burst: 1 };
/** An address may send one more request, because an upload needs an import. */
const rateLimits = { read: slow, write: slow, bulk: slow, import: slow, address: { ...slow, burst: 2 } };

const all = Object.values(operations).flatMap(({ id, statuses }) => statuses.map((status) => ({ id, status })));
const seen = new Set<string>();

describe("an operation returns each status that the contract has for it", () => {
  it.each(all)("$id with $status", async ({ id, status }) => {
    const api = await startApi(status === 429 ? { rateLimits } : {});
    const accepted = await acceptedRequest[id](api);
    const change = (id === "uploadImportFile" ? uploadChanges : changes)[status];
    const response = await api.send(change ? await change(accepted, api, id) : accepted);
    expect(response.status).toBe(status);
    seen.add(`${id} ${response.status}`);
  });

  it("and all of them are covered", ({ task }) => {
    task.meta.coverage = `${seen.size} of ${all.length} statuses by the server`;
    expect(seen.size).toBe(all.length);
  });
});
