import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createUsage, type Usage } from "../../src/consumer/usage.ts";
import { errorBody } from "../support/errors.ts";
import { type Body, json, profilesUrl, returns, sandbox, traits } from "./sandbox-fetch.ts";

const profile = {
  id: "mem_profile_01kkbk0tftehys1y7x5j5x83q4",
  createdAt: "2025-01-01T12:00:00Z",
  traits: { Contact: { email: "ada.reyes@example.com", tags: ["a", "b"] } },
};
const profileUrl = `${profilesUrl}/${profile.id}`;
const noSuchProfile = errorBody(404);

let usage: Usage;
beforeEach(() => {
  usage = createUsage({ onFinding: "collect" });
});
afterEach(() => usage.close());

function fetchProfile(status = 200, body: Body = JSON.stringify(profile), headers = {}): Promise<Response> {
  return usage.wrap(returns(status, body, headers))(profileUrl, { headers: json });
}

const codes = () => usage.findings.map(({ code }) => code);
const used = (status = 200) => usage.manifest().operations["fetchProfile"]?.responses[status];

describe("a response to a consumer", () => {
  it("is the response of the wrapped fetch itself, with its body unread", async () => {
    const sent = new Response(JSON.stringify(profile), { headers: { "Content-Type": "application/json" } });
    const received = await usage.wrap(async () => sent)(profileUrl, { headers: json });
    expect(received).toBe(sent);
    expect(received.bodyUsed).toBe(false);
    expect(await received.clone().json()).toEqual(profile);
    expect(await received.text()).toBe(JSON.stringify(profile));
    expect(codes()).toEqual([]);
  });

  it("that does not match its schema is found, and blames the implementation", async () => {
    await fetchProfile(200, JSON.stringify({ ...profile, createdAt: "yesterday" }));
    expect(usage.findings).toMatchObject([
      { code: "invalid-body", blame: "implementation", response: { status: 200 } },
    ]);
  });

  it("with an undocumented status or header is found", async () => {
    await fetchProfile(418, JSON.stringify(errorBody(418)));
    await fetchProfile(200, JSON.stringify(profile), { "Canonical-Profile-Id": "1" });
    expect(codes()).toEqual(["undocumented-status", "invalid-header"]);
  });

  it.each([500, 502, 503, 504])("may have the status %i, because a test may provoke it", async (status) => {
    await fetchProfile(status, JSON.stringify(errorBody(status)));
    expect(codes()).toEqual([]);
  });

  it("that breaks off is passed on as it is", async () => {
    sandbox.faults.setPlan([{ times: 1, fault: { kind: "truncate", bytes: 5 } }]);
    const body = JSON.stringify({ traits });
    const response = await usage.wrap(sandbox.fetch)(profilesUrl, { method: "POST", headers: json, body });
    await expect(response.json()).rejects.toThrow();
    expect(codes()).toEqual([]);
  });

  it("must be a Response", async () => {
    const send = async () => Object({ status: 200, text: async () => "" });
    await expect(usage.wrap(send)(profileUrl, { headers: json })).rejects.toThrow("must return a Response");
  });
});

describe("what a consumer reads of a response", () => {
  it("is recorded, with wildcards for names that the contract does not have", async () => {
    const found = Object(await (await fetchProfile()).json());
    expect(used()?.reads).toEqual([]);
    expect(found.id).toBe(profile.id);
    expect(used()?.reads).toEqual(["/id"]);
    expect(found.traits.Contact.email).toBe("ada.reyes@example.com");
    expect([...found.traits.Contact.tags]).toEqual(["a", "b"]);
    expect(found.traits.Loyalty).toBeUndefined();
    expect(used()).toEqual({ headers: [], reads: ["/id", "/traits/*/*/*"] });
  });

  it("includes optional properties that are absent, and questions whether a property exists", async () => {
    const send = returns(200, '{"profiles":[],"meta":{"key":"profiles","pageSize":50}}');
    const page = Object(await (await usage.wrap(send)(profilesUrl, { headers: json })).json());
    expect(page.meta.nextToken).toBeUndefined();
    expect("previousToken" in page.meta).toBe(false);
    expect(usage.manifest().operations["listProfiles"]?.responses["200"]?.reads).toEqual([
      "/meta/nextToken",
      "/meta/previousToken",
    ]);
    expect(codes()).toEqual([]);
  });

  it("is found if the contract does not have the property", async () => {
    const found = Object(await (await fetchProfile(200, JSON.stringify({ ...profile, score: 1 }))).json());
    expect(found.createdat).toBeUndefined();
    expect(found.score).toBe(1);
    expect(usage.findings).toMatchObject([
      {
        code: "unknown-response-property",
        expected: "one of createdAt, id, traits (did you mean createdAt?)",
        received: "a read of /createdat",
        source: { pointer: "/components/schemas/Profile" },
      },
      { code: "unknown-response-property", received: "a read of /score" },
    ]);
    expect(used()?.reads).toEqual([]);
  });

  it("is not found in an error if the name resembles none of the contract, because clients look for other error formats", async () => {
    const error = Object(await (await fetchProfile(404, JSON.stringify(noSuchProfile))).json());
    expect([error.title, error.detail, error.type]).toEqual([undefined, undefined, undefined]);
    expect(codes()).toEqual([]);
    expect(error.mesage).toBeUndefined();
    expect(usage.findings).toMatchObject([{ received: "a read of /mesage" }]);
  });

  it("throws at the read, if findings are thrown", async () => {
    usage.close();
    usage = createUsage();
    const found = Object(await (await fetchProfile()).json());
    expect(() => found.email).toThrow("unknown-response-property");
  });

  it("is recorded if the consumer parses the text, a stream or bytes", async () => {
    const readers: ((response: Response) => Promise<string>)[] = [
      (response) => response.text(),
      async (response) => new TextDecoder().decode(await response.arrayBuffer()),
      (response) => new Response(response.body).text(),
    ];
    for (const read of readers) {
      const text = await read(await fetchProfile());
      expect(JSON.parse(text).createdAt).toBe(profile.createdAt);
    }
    expect(used()).toEqual({ headers: [], reads: ["/createdAt"] });
  });

  it("is recorded if a client parses the text, and passes it on in another response", async () => {
    for (const parse of [(text: string) => JSON.parse(text), (text: string) => new Response(text).json()]) {
      usage.close();
      usage = createUsage({ onFinding: "collect" });
      const text = await (await fetchProfile()).text();
      expect(JSON.parse(text).id).toBe(profile.id);
      expect((await parse(text)).createdAt).toBe(profile.createdAt);
      expect(used()).toEqual({ headers: [], reads: ["/createdAt", "/id"] });
    }
  });

  it("is recorded for each of several responses with the same text", async () => {
    const body = JSON.stringify({ message: "Accepted." });
    const send = usage.wrap(returns(202, body));
    const patched = await send(profileUrl, { method: "PATCH", headers: json, body: "{}" });
    const deleted = await send(profileUrl, { method: "DELETE", headers: json });
    const texts = [await patched.text(), await deleted.text()];
    expect(texts.map((text) => JSON.parse(text).message)).toEqual(["Accepted.", "Accepted."]);
    const { patchProfileTraits, deleteProfile } = usage.manifest().operations;
    for (const operation of [patchProfileTraits, deleteProfile]) {
      expect(operation?.responses["202"]).toEqual({ headers: [], reads: ["/message"] });
    }
  });

  it("may be everything if the consumer does not parse the text", async () => {
    await (await fetchProfile()).text();
    await (await fetchProfile(404, JSON.stringify(noSuchProfile))).body?.cancel();
    expect(used()).toEqual({ headers: [], reads: [], readsText: true });
    expect(used(404)).toEqual({ headers: [], reads: [], readsText: true });
  });

  it("may be everything if reads are not tracked", async () => {
    usage.close();
    usage = createUsage({ tracksReads: false });
    const found = Object(await (await fetchProfile()).json());
    expect(structuredClone(found)).toEqual(profile);
    expect(used()).toEqual({ headers: [], reads: [], readsText: true });
  });

  it("includes headers", async () => {
    const headers = { "Canonical-Profile-Id": profile.id, "X-Other": "1" };
    (await fetchProfile(200, JSON.stringify(profile), headers)).headers.get("x-other");
    expect(used()?.headers).toEqual([]);
    (await fetchProfile()).headers.get("canonical-profile-id");
    expect(used()?.headers).toEqual(["Canonical-Profile-Id"]);
    expect([...(await fetchProfile(200, JSON.stringify(profile), headers)).headers]).toHaveLength(3);
  });
});

describe("a parsed body", () => {
  it("behaves like the original", async () => {
    const found = Object(await (await fetchProfile()).json());
    expect(found).toEqual(profile);
    expect(found).toStrictEqual(profile);
    expect({ ...found }).toEqual(profile);
    expect(JSON.stringify(found)).toBe(JSON.stringify(profile));
    expect(Array.isArray(found.traits.Contact.tags)).toBe(true);
    expect(found.traits.Contact.tags.map(String).concat("c")).toEqual(["a", "b", "c"]);
    expect(Object.keys(Object.freeze(found))).toEqual(Object.keys(profile));
    expect(found.traits.Contact).toEqual(profile.traits.Contact);
    expect(String(found)).toBe("[object Object]");
    expect(await found).toBe(found);
    expect(codes()).toEqual([]);
  });

  it("can be extended by the consumer, which is not a read", async () => {
    const found = Object(await (await fetchProfile()).json());
    found.fullName = "Ada Reyes";
    found.id = "mine";
    expect([found.fullName, found.id]).toEqual(["Ada Reyes", "mine"]);
    expect(used()?.reads).toEqual([]);
    expect(codes()).toEqual([]);
  });

  it("keeps a trait group with the name __proto__", async () => {
    const text = `{"id":"${profile.id}","createdAt":"${profile.createdAt}","traits":{"__proto__":{"email":"a"}}}`;
    const found = Object(await (await fetchProfile(200, text)).json());
    expect(Object.keys(found.traits)).toEqual(["__proto__"]);
    expect(JSON.stringify(found)).toBe(text);
  });

  it("is not affected by other uses of JSON.parse, and JSON.parse is restored", async () => {
    const text = await (await fetchProfile()).text();
    expect(JSON.parse(text, (_, value) => value).id).toBe(profile.id);
    expect(JSON.parse('{"a":1}').b).toBeUndefined();
    expect(used()).toEqual({ headers: [], reads: [], readsText: true });
    const patched = JSON.parse;
    usage.close();
    expect(JSON.parse).not.toBe(patched);
    expect(JSON.parse(text).createdat).toBeUndefined();
    expect(codes()).toEqual([]);
  });
});
