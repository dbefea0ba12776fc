import { describe, expect, it } from "vitest";
import { startApi } from "../support/api-server.ts";
import {
  createImport,
  csv,
  profileOf,
  profilesOf,
  unknownImportId,
  unknownProfileId,
  uploadOf,
} from "../support/requests.ts";
import { type Request, withHeaders } from "../support/send-request.ts";
import { foreignStoreId, storeId, unknownStoreId } from "../support/settings-for-tests.ts";

/** A fault of a request, and the response to it if no earlier check fails. */
interface Fault {
  readonly name: string;
  readonly response: { readonly status: number; readonly code: number };
  /** Faults that a request cannot have at the same time. */
  readonly excludes?: readonly string[];
  spoil(request: Request): Request;
}

const retarget = (from: string, to: string) => (request: Request) => ({
  ...request,
  target: request.target.replace(from, to),
});
const otherType = (request: Request) => withHeaders(request, { "content-type": "text/plain" });
/** A body that is too large stays. */
const withBody = (body: unknown) => (request: Request) => ({
  ...request,
  body: request.body instanceof Uint8Array && request.body.length > 1000 ? request.body : body,
});

/** In the order of the contract. */
const faults: readonly Fault[] = [
  {
    name: "no credentials",
    response: { status: 401, code: 20003 },
    spoil: (request) => ({ ...request, as: "nobody" }),
  },
  { name: "too many requests", response: { status: 429, code: 20429 }, spoil: (request) => request },
  { name: "an unknown route", response: { status: 404, code: 20404 }, spoil: retarget("/Profiles", "/People") },
  {
    name: "an unknown method",
    response: { status: 405, code: 20405 },
    excludes: ["an unknown route"],
    spoil: (request) => ({ ...request, method: "POST" }),
  },
  { name: "a malformed store ID", response: { status: 400, code: 520049 }, spoil: retarget(storeId, "mem_store_0") },
  {
    name: "a store ID that is not valid percent-encoding",
    response: { status: 400, code: 520049 },
    excludes: ["a malformed store ID"],
    spoil: retarget(storeId, "%ff"),
  },
  { name: "a malformed profile ID", response: { status: 400, code: 400 }, spoil: retarget(unknownProfileId, "Ada") },
  {
    name: "an unknown store",
    response: { status: 404, code: 520041 },
    excludes: ["a malformed store ID", "a store ID that is not valid percent-encoding"],
    spoil: retarget(storeId, unknownStoreId),
  },
  {
    name: "a store of another account",
    response: { status: 403, code: 403 },
    excludes: ["a malformed store ID", "a store ID that is not valid percent-encoding", "an unknown store"],
    spoil: retarget(storeId, foreignStoreId),
  },
  {
    name: "a malformed Host",
    response: { status: 400, code: 400 },
    spoil: (request) => withHeaders(request, { host: "memory.example.com/path" }),
  },
  {
    name: "a body that is too large",
    response: { status: 413, code: 20413 },
    spoil: withBody(Buffer.alloc(5 * 1024 * 1024 + 1, " ")),
  },
  {
    name: "another media type",
    response: { status: 415, code: 20415 },
    spoil: otherType,
  },
  { name: "a body that breaks the schema", response: { status: 400, code: 520046 }, spoil: withBody({ trait: {} }) },
  {
    name: "a body that breaks a rule of the store",
    response: { status: 400, code: 520047 },
    excludes: ["a body that breaks the schema"],
    spoil: withBody({ traits: { Contact: { nickname: "Ada" } } }),
  },
  { name: "an unknown profile", response: { status: 404, code: 20404 }, spoil: (request) => request },
];

const good: Request = { method: "PATCH", target: profileOf(unknownProfileId), body: {} };

/** Allows one request, and the next one an hour later. */
const tight = { perSecond: 1 / 3600, burst: 1 };

describe("of two faults of a request, the response reports the one that is checked first", () => {
  it.each(pairsOf(faults))("$first.name before $second.name", async ({ first, second }) => {
    const isLimited = [first.name, second.name].includes("too many requests");
    const api = await startApi(isLimited ? { rateLimits: { read: tight, write: tight } } : {});
    if (isLimited) for (const method of ["GET", "PATCH"]) await api.send({ ...good, method });
    expect(await api.send(first.spoil(second.spoil(good)))).toMatchObject({ body: first.response });
  });
});

describe("a query parameter out of bounds", () => {
  const list: Request = { method: "GET", target: `${profilesOf(storeId)}?pageSize=0` };
  const earlier = ["no credentials", "a malformed store ID", "an unknown store", "a store of another account"];

  it.each(faults.filter(({ name }) => earlier.includes(name)))("is reported after $name", async (fault) => {
    const api = await startApi();
    expect(await api.send(fault.spoil(list))).toMatchObject({ body: fault.response });
    expect(await api.send(list)).toMatchObject({
      body: { status: 400, code: 400, message: expect.stringMatching(/^pageSize: /) },
    });
  });

  it("is reported before an unknown profile", async () => {
    const target = `${profileOf(unknownProfileId)}?traitGroups=`;
    const response = await (await startApi()).send({ method: "GET", target });
    expect(response).toMatchObject({ body: { status: 400, code: 400 } });
  });
});

describe("the limit of the address", () => {
  it.each([
    ["a malformed Host", withHeaders(good, { host: "memory.example.com/path" })],
    ["a URL that is not valid percent-encoding", { ...good, target: profileOf(unknownProfileId, "%ff") }],
    ["an unknown route that is not valid percent-encoding", { ...good, target: "/%" }],
  ])("comes before all other checks, and counts a request with %s", async (_, request) => {
    const api = await startApi({ rateLimits: { address: tight } });
    expect(await api.send({ ...request, as: "nobody" })).toMatchObject({ status: 401 });
    expect(await api.send({ ...good, as: "nobody" })).toMatchObject({ status: 429 });
    expect(await api.send(request)).toMatchObject({ status: 429 });
  });

  it.each([
    ["a malformed Host", withHeaders({ method: "PUT", target: `/uploads/${unknownImportId}` }, { host: "a/b" })],
    ["a URL that is not valid percent-encoding", { method: "PUT", target: "/uploads/%" }],
  ])("counts an upload with %s, which needs no credentials", async (_, request) => {
    const api = await startApi({ rateLimits: { address: tight } });
    expect(await api.send({ ...request, as: "nobody" })).toMatchObject({ status: 400 });
    expect(await api.send({ ...request, as: "nobody" })).toMatchObject({ status: 429 });
  });
});

/** In the order of the contract. A request without a fault is for an import that already has its file. */
const uploadFaults: readonly Fault[] = [
  {
    name: "a malformed import ID",
    response: { status: 400, code: 400 },
    spoil: retarget("/uploads/mem_import_", "/uploads/import-"),
  },
  { name: "a wrong token", response: { status: 403, code: 403 }, spoil: retarget("?token=", "?token=a") },
  {
    name: "no length",
    response: { status: 411, code: 20411 },
    spoil: (request) => withHeaders(request, { "content-length": "", "transfer-encoding": "chunked" }),
  },
  {
    name: "a body that is too long",
    response: { status: 413, code: 20413 },
    excludes: ["no length"],
    spoil: (request) => {
      const body = Buffer.concat([csv, csv]);
      return withHeaders({ ...request, body }, { "content-length": String(body.length) });
    },
  },
  {
    name: "another media type",
    response: { status: 415, code: 20415 },
    spoil: otherType,
  },
  { name: "a file that was already uploaded", response: { status: 409, code: 20409 }, spoil: (request) => request },
];

describe("of two faults of an upload, the response reports the one that is checked first", () => {
  it.each(pairsOf(uploadFaults))("$first.name before $second.name", async ({ first, second }) => {
    const api = await startApi();
    const request = uploadOf(await createImport(api));
    await api.send(request);
    expect(await api.send(first.spoil(second.spoil(request)))).toMatchObject({ body: first.response });
  });

  it.each(uploadFaults.slice(0, -1))("$name before an import that does not exist", async ({ spoil, response }) => {
    const request = uploadOf(await createImport(await startApi()));
    const other = await startApi();
    expect(await other.send(request)).toMatchObject({ status: 404 });
    expect(await other.send(spoil(request))).toMatchObject({ body: response });
  });
});

function pairsOf(all: readonly Fault[]): { first: Fault; second: Fault }[] {
  return all.flatMap((first, at) => {
    const later = all.slice(at + 1).filter(({ excludes }) => !excludes?.includes(first.name));
    return later.map((second) => ({ first, second }));
  });
}
