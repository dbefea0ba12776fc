import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { startApi } from "../support/api-server.ts";
import { announced, importsOf, profileOf, profilesOf, unknownProfileId } from "../support/requests.ts";
import { type Request, withHeaders } from "../support/send-request.ts";
import { storeId } from "../support/settings-for-tests.ts";

const traits = { Contact: { email: "ada.reyes@example.com" } };
const create: Request = { method: "POST", target: profilesOf(storeId), body: { traits } };
const [mapping] = announced.columnMappings;
const MIB = 1024 * 1024;

/** Every JSON body of the contract. */
const bodies: readonly Request[] = [
  create,
  { method: "PATCH", target: profileOf(unknownProfileId), body: { traits } },
  { method: "PUT", target: profileOf("Bulk"), body: { profiles: [{ traits }] } },
  { method: "POST", target: importsOf(storeId), body: { ...announced, columnMappings: [mapping, mapping] } },
];
const ownNames = Object.getOwnPropertyNames(Object.prototype).sort();

describe("a body", () => {
  it.each(bodies)("may not name a prototype at any place: $method $target", async (request) => {
    const api = await startApi();
    const text = JSON.stringify(request.body);
    for (const name of ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty"]) {
      const spoilt = [...text.matchAll(/\{/g)].map(({ index }) => {
        return `${text.slice(0, index + 1)}"${name}":{"polluted":true},${text.slice(index + 1)}`;
      });
      for (const body of spoilt) {
        const response = await api.send({ ...request, body: Buffer.from(body) });
        expect(response, body).toMatchObject({ status: 400, text: expect.stringContaining(name) });
      }
    }
    expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(ownNames);
  });

  it.each([
    ["100,000 nested arrays", `{"traits":${"[".repeat(100_000)}${"]".repeat(100_000)}}`],
    ["100,000 nested objects", `${'{"traits":'.repeat(100_000)}{}${"}".repeat(100_000)}`],
    [
      "100,000 nested arrays in a value",
      `{"traits":{"Contact":{"email":${"[".repeat(100_000)}${"]".repeat(100_000)}}}}`,
    ],
    ["arrays that do not end", "[".repeat(5 * MIB)],
    ["objects that do not end", '{"":'.repeat(MIB)],
    ["a string that does not end", `{"traits":"${"a".repeat(4 * MIB)}`],
    ["400,000 properties", `{${Array.from({ length: 400_000 }, (_, at) => `"${at}":0`)}}`],
    ["the same property 400,000 times", `{${'"traits":{},'.repeat(400_000)}"traits":[]}`],
    ["a name of four million characters", `{"${"a".repeat(4_000_000)}":0}`],
    ["a million items", `{"traits":{"Contact":{"email":[${'"a",'.repeat(1_000_000)}"a"]}}}`],
  ])("is rejected with a short response, and the server continues: %s", async (_, text) => {
    const api = await startApi();
    const response = await api.send({ ...create, body: Buffer.from(text) });
    expect(response.status).toBe(400);
    expect(response.text.length).toBeLessThan(2000);
    expect(await api.send(create)).toMatchObject({ status: 202 });
  });

  it.each<[string, (text: string) => Buffer]>([
    ["UTF-16", (text) => Buffer.from(text, "utf16le")],
    ["UTF-16 with a byte order mark", (text) => Buffer.from(`\ufeff${text}`, "utf16le")],
    ["Latin-1", (text) => Buffer.from(text, "latin1")],
    ["UTF-7", (text) => Buffer.from(text.replaceAll('"', "+ACI-"))],
    ["UTF-8 with a byte order mark", (text) => Buffer.from(`\ufeff${text}`)],
    ["overlong UTF-8", (text) => Buffer.from(text.replace("/", "\xc0\xaf"), "latin1")],
    ["UTF-8 with an unpaired surrogate", (text) => Buffer.from(text.replace("/", "\xed\xa0\x80"), "latin1")],
    ["truncated UTF-8", (text) => Buffer.from(text.replace("/", "\xf0\x9f\x98"), "latin1")],
  ])("is rejected in %s", async (charset, encode) => {
    const api = await startApi();
    const body = encode(JSON.stringify({ traits: { Contact: { ...traits.Contact, firstName: "Zoë /" } } }));
    const response = await api.send(
      withHeaders({ ...create, body }, { "content-type": `application/json; charset=${charset.split(" ")[0]}` }),
    );
    expect(response.body).toMatchObject({ status: 400, code: 520046 });
  });

  it("is never decompressed, so a small one stays small", async () => {
    const api = await startApi();
    const body = gzipSync(JSON.stringify(create.body).padEnd(64 * MIB));
    for (const coding of ["gzip", "deflate", "br"]) {
      const response = await api.send(withHeaders({ ...create, body }, { "content-encoding": coding }));
      expect(response.body).toMatchObject({ status: 415, code: 20415 });
    }
  });
});
