import { describe, expect, it } from "vitest";
import { startApi } from "../support/api-server.ts";
import { createImport, csv, profileOf, unknownProfileId, uploadOf } from "../support/requests.ts";
import { type Request, withHeaders } from "../support/send-request.ts";
import { foreignStoreId, storeId, unknownStoreId } from "../support/settings-for-tests.ts";

/** Something that is wrong with a request, and the answer that it gets if nothing before it is wrong too. */
interface Fault {
  readonly name: string;
  readonly answer: { readonly status: number; readonly code: number };
  /** Those that cannot be wrong at the same time. */
  readonly excludes?: readonly string[];
  spoil(request: Request): Request;
}

const retarget = (from: string, to: string) => (request: Request) => ({
  ...request,
  target: request.target.replace(from, to),
});
const otherType = (request: Request) => withHeaders(request, { "content-type": "text/plain" });
/** One that is too large stays. */
const withBody = (body: unknown) => (request: Request) => ({
  ...request,
  body: request.body instanceof Uint8Array && request.body.length > 1000 ? request.body : body,
});

/** In the order of the contract. */
const faults: readonly Fault[] = [
  { name: "no credentials", answer: { status: 401, code: 20003 }, spoil: (request) => ({ ...request, as: "nobody" }) },
  { name: "too many requests", answer: { status: 429, code: 20429 }, spoil: (request) => request },
  { name: "an unknown route", answer: { status: 404, code: 20404 }, spoil: retarget("/Profiles", "/People") },
  {
    name: "an unknown method",
    answer: { status: 405, code: 20405 },
    excludes: ["an unknown route"],
    spoil: (request) => ({ ...request, method: "POST" }),
  },
  { name: "a malformed store ID", answer: { status: 400, code: 520049 }, spoil: retarget(storeId, "mem_store_0") },
  { name: "a malformed profile ID", answer: { status: 400, code: 400 }, spoil: retarget(unknownProfileId, "Ada") },
  {
    name: "an unknown store",
    answer: { status: 404, code: 520041 },
    excludes: ["a malformed store ID"],
    spoil: retarget(storeId, unknownStoreId),
  },
  {
    name: "a store of another account",
    answer: { status: 403, code: 403 },
    excludes: ["a malformed store ID", "an unknown store"],
    spoil: retarget(storeId, foreignStoreId),
  },
  {
    name: "a body that is too large",
    answer: { status: 413, code: 20413 },
    spoil: withBody(Buffer.alloc(5 * 1024 * 1024 + 1, " ")),
  },
  {
    name: "another media type",
    answer: { status: 415, code: 20415 },
    spoil: otherType,
  },
  { name: "a body that breaks the schema", answer: { status: 400, code: 520046 }, spoil: withBody({ trait: {} }) },
  {
    name: "a body that breaks a rule of the store",
    answer: { status: 400, code: 520047 },
    excludes: ["a body that breaks the schema"],
    spoil: withBody({ traits: { Contact: { nickname: "Ada" } } }),
  },
  { name: "an unknown profile", answer: { status: 404, code: 20404 }, spoil: (request) => request },
];

const good: Request = { method: "PATCH", target: profileOf(unknownProfileId), body: {} };

/** One request, and then none for an hour. */
const tight = { perSecond: 1 / 3600, burst: 1 };

describe("of two faults the answer names the one that is checked first", () => {
  it.each(pairsOf(faults))("$first.name before $second.name", async ({ first, second }) => {
    const isLimited = [first.name, second.name].includes("too many requests");
    const api = await startApi(isLimited ? { rateLimits: { read: tight, write: tight } } : {});
    if (isLimited) for (const method of ["GET", "PATCH"]) await api.send({ ...good, method });
    expect(await api.send(first.spoil(second.spoil(good)))).toMatchObject({ body: first.answer });
  });
});

/** In the order of the contract. A request that is not spoilt is for an import that has its file. */
const uploadFaults: readonly Fault[] = [
  {
    name: "a malformed import ID",
    answer: { status: 400, code: 400 },
    spoil: retarget("/uploads/mem_import_", "/uploads/import-"),
  },
  { name: "a wrong token", answer: { status: 403, code: 403 }, spoil: retarget("?token=", "?token=a") },
  {
    name: "no length",
    answer: { status: 411, code: 20411 },
    spoil: (request) => withHeaders(request, { "content-length": "", "transfer-encoding": "chunked" }),
  },
  {
    name: "a body that is too long",
    answer: { status: 413, code: 20413 },
    excludes: ["no length"],
    spoil: (request) => {
      const body = Buffer.concat([csv, csv]);
      return withHeaders({ ...request, body }, { "content-length": String(body.length) });
    },
  },
  {
    name: "another media type",
    answer: { status: 415, code: 20415 },
    spoil: otherType,
  },
  { name: "a file that is there already", answer: { status: 409, code: 20409 }, spoil: (request) => request },
];

describe("of two faults of an upload the answer names the one that is checked first", () => {
  it.each(pairsOf(uploadFaults))("$first.name before $second.name", async ({ first, second }) => {
    const api = await startApi();
    const request = uploadOf(await createImport(api));
    await api.send(request);
    expect(await api.send(first.spoil(second.spoil(request)))).toMatchObject({ body: first.answer });
  });

  it.each(uploadFaults.slice(0, -1))("$name before an import that is not there", async ({ spoil, answer }) => {
    const request = uploadOf(await createImport(await startApi()));
    const other = await startApi();
    expect(await other.send(request)).toMatchObject({ status: 404 });
    expect(await other.send(spoil(request))).toMatchObject({ body: answer });
  });
});

function pairsOf(all: readonly Fault[]): { first: Fault; second: Fault }[] {
  return all.flatMap((first, at) => {
    const later = all.slice(at + 1).filter(({ excludes }) => !excludes?.includes(first.name));
    return later.map((second) => ({ first, second }));
  });
}
