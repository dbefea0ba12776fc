import { describe, expect, it } from "vitest";
import { startApi } from "../support/api-server.ts";
import { createImport, csv, profileOf, profilesOf, uploadOf } from "../support/requests.ts";
import { type Request, withHeaders } from "../support/send-request.ts";
import { storeId } from "../support/settings-for-tests.ts";

const person = { traits: { Contact: { email: "ada.reyes@example.com" } } };
const create: Request = { method: "POST", target: profilesOf(storeId), body: person };

const chunked = { "content-length": "", "transfer-encoding": "chunked" };

describe("the media type of a JSON body", () => {
  it.each(["application/json", "Application/JSON", "application/json;charset=utf-8", "application/json ; charset=x"])(
    "may be %s",
    async (type) => {
      const api = await startApi();
      expect(await api.send(withHeaders(create, { "content-type": type }))).toMatchObject({ status: 202 });
    },
  );

  it.each([
    "",
    "json",
    "application",
    "text/plain",
    "application/jsonp",
    "application/problem+json",
    ", application/json",
  ])("may not be %j, which is checked after the credentials", async (type) => {
    const api = await startApi();
    const request = withHeaders(create, { "content-type": type });
    expect(await api.send(request)).toMatchObject({ body: { status: 415, code: 20415 } });
    expect(await api.send({ ...request, as: "nobody" })).toMatchObject({ status: 401 });
  });

  it.each([
    ["Content-Encoding: gzip", { "content-encoding": "gzip" }],
    ["Content-Encoding: identity, br", { "content-encoding": "identity, br" }],
    ["Transfer-Encoding: gzip, chunked", { "content-length": "", "transfer-encoding": "gzip, chunked" }],
  ])("may not have a coding: %s", async (_, headers) => {
    const api = await startApi();
    expect(await api.send(withHeaders(create, headers))).toMatchObject({
      body: { status: 415, code: 20415 },
      headers: { "accept-encoding": "identity" },
    });
  });

  it.each(["", "identity", "Identity , identity"])("may have the content coding %j", async (coding) => {
    const api = await startApi();
    expect(await api.send(withHeaders(create, { "content-encoding": coding }))).toMatchObject({ status: 202 });
  });

  it("makes no difference to an operation without a body", async () => {
    const api = await startApi();
    const request = { method: "GET", target: profilesOf(storeId), headers: { "content-type": "nonsense" } };
    expect(await api.send(request)).toMatchObject({ status: 200 });
    expect(await api.send({ ...request, body: person })).toMatchObject({ status: 200 });
  });
});

describe("a JSON body", () => {
  it("may come without its length", async () => {
    const api = await startApi();
    expect(await api.send(withHeaders(create, chunked))).toMatchObject({ status: 202 });
  });

  it.each([
    ["nothing", ""],
    ["broken JSON", '{"traits": {'],
    ["two values", "{} {}"],
    ["a byte order mark", "\uFEFF{}"],
    ["bytes that are not UTF-8", Buffer.from('{"traits":{"Contact":{"email":"ad\xe0@example.com"}}}', "latin1")],
    ["null", "null"],
    ["a list", "[]"],
    ["a string", '"{}"'],
  ])("may not be %s", async (_, text) => {
    const api = await startApi();
    const response = await api.send({ ...create, body: Buffer.from(text) });
    expect(response.body).toMatchObject({ status: 400, code: 520046 });
  });

  it.each([
    ["null", "The body: must be an object"],
    ['{"traits":{"Contact":1}}', "/traits/Contact: must be an object"],
  ])("is rejected with the place of its mistake: %s", async (text, message) => {
    const api = await startApi();
    expect(await api.send({ ...create, body: Buffer.from(text) })).toMatchObject({ body: { code: 520046, message } });
  });

  it("is not quoted in the error", async () => {
    const api = await startApi();
    for (const secret of [
      '{"traits": hidden',
      '{"traits": {"Contact": {"email": ["hidden", {}]}}}',
      '{"traits": "hidden"}',
    ]) {
      const response = await api.send({ ...create, body: Buffer.from(secret) });
      expect(response.status).toBe(400);
      expect(response.text).not.toContain("hidden");
    }
  });

  it.each([
    ["with its length", {}],
    ["without its length", chunked],
  ])("is accepted up to the limit, and rejected with one byte more, %s", async (_, headers) => {
    const api = await startApi();
    const limits = [
      { request: create, limit: 5 * 1024 * 1024 },
      { request: { method: "PUT", target: profileOf("Bulk"), body: { profiles: [person] } }, limit: 16 * 1024 * 1024 },
    ];
    for (const { request, limit } of limits) {
      const padded = (length: number) => {
        const body = Buffer.from(JSON.stringify(request.body).padEnd(length));
        return withHeaders({ ...request, body }, headers);
      };
      expect(await api.send(padded(limit))).toMatchObject({ status: 202 });
      expect(await api.send(padded(limit + 1))).toMatchObject({ status: 413 });
    }
  });
});

describe("a file", () => {
  it.each(["text/csv", "text/csv; charset=utf-8; header=present", "TEXT/CSV"])("may be %s", async (type) => {
    const api = await startApi();
    const request = uploadOf(await createImport(api));
    const response = await api.send(withHeaders(request, { "content-type": type }));
    expect(response).toMatchObject({ status: 200, text: "" });
  });

  it.each(["", "csv", "text/plain", "application/json"])("may not be %j", async (type) => {
    const api = await startApi();
    const request = uploadOf(await createImport(api));
    expect(await api.send(withHeaders(request, { "content-type": type }))).toMatchObject({ status: 415 });
    expect(await api.send(request)).toMatchObject({ status: 200 });
  });

  it("may not have a content coding", async () => {
    const api = await startApi();
    const request = uploadOf(await createImport(api));
    expect(await api.send(withHeaders(request, { "content-encoding": "gzip" }))).toMatchObject({
      status: 415,
      headers: { "accept-encoding": "identity" },
    });
    expect(await api.send(request)).toMatchObject({ status: 200 });
  });

  it("may be uploaded again after one that was too short or too long", async () => {
    const api = await startApi();
    const created = await createImport(api);
    expect(await api.send(uploadOf(created, csv.subarray(1)))).toMatchObject({ status: 400 });
    expect(await api.send(uploadOf(created, Buffer.concat([csv, csv])))).toMatchObject({ status: 413 });
    expect(await api.send(uploadOf(created))).toMatchObject({ status: 200 });
    expect(await api.send(uploadOf(created))).toMatchObject({ status: 409 });
  });
});
