import { describe, expect, it } from "vitest";
import { DEFAULT_STORE_RULES } from "../../src/configuration/default-store.ts";
import type { StoreRules, TraitDefinition } from "../../src/domain/stores/store-rules.ts";
import { type ApiServer, startApi } from "../support/api-server.ts";
import { createProfile, profileOf, profilesOf } from "../support/requests.ts";
import { settingsForTests, storeId } from "../support/settings-for-tests.ts";

const text: TraitDefinition = { dataType: "STRING" };

/** Names that every object inherits. */
const odd = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "then", "toJSON"];

const traitGroups: StoreRules["traitGroups"] = new Map([
  ...DEFAULT_STORE_RULES.traitGroups,
  [
    "Orders",
    new Map<string, TraitDefinition>([
      ["count", { dataType: "NUMBER" }],
      ["customer", { dataType: "NUMBER", idTypePromotion: "customer" }],
      ["tags", { dataType: "ARRAY" }],
      ["vip", { dataType: "BOOLEAN" }],
    ]),
  ],
  [
    "a.b-c_D9",
    new Map([
      ["with space/and~tilde", text],
      ["", text],
      ["ünïcode", text],
    ]),
  ],
  ...odd.map((name): [string, Map<string, TraitDefinition>] => [name, new Map(odd.map((trait) => [trait, text]))]),
]);
const identifierTypes: StoreRules["identifierTypes"] = new Map([
  ...DEFAULT_STORE_RULES.identifierTypes,
  ["customer", { limit: 10, limitPolicy: "fifo", normalization: "none" }],
]);
const stores = new Map([
  [storeId, { accountSid: "", ...settingsForTests.stores.get(storeId), rules: { traitGroups, identifierTypes } }],
]);

const email = "ada.reyes@example.com";

/** Sends the traits as text, because an object literal would lose `__proto__`. */
const create = (api: ApiServer, traits: string) =>
  api.send({ method: "POST", target: profilesOf(storeId), body: Buffer.from(`{"traits": ${traits}}`) });
const fetchTraits = async (api: ApiServer, id: string, query = "") => {
  const { status, text } = await api.send({ method: "GET", target: profileOf(id) + query });
  expect(status).toBe(200);
  return text.slice(text.indexOf('"traits":') + '"traits":'.length, -1);
};

describe("a number that is promoted to an identifier", () => {
  it.each(["9007199254740992", "9007199254740993", "-9007199254740992", "1.5", "1e300"])(
    "must be a safe integer, so that two customers never become one: %s",
    async (number) => {
      const api = await startApi({ stores });
      const { status, body } = await create(api, `{"Orders": {"customer": ${number}}}`);
      expect([status, Object(body).code, Object(body).message]).toEqual([
        400,
        520046,
        "/traits/Orders/customer: must be an integer from -9007199254740991 to 9007199254740991, because the trait is promoted to an identifier",
      ]);
    },
  );

  it.each([0, -7, 9007199254740991])("can be %d", async (number) => {
    const api = await startApi({ stores });
    const { body } = await create(api, `{"Orders": {"customer": ${number}}}`);
    expect(await create(api, `{"Orders": {"customer": ${number}}}`)).toMatchObject({ status: 202, body });
  });
});

describe("a request without an identifier", () => {
  const message = "The request must contain at least one trait that is promoted to an identifier";
  const bulk = (api: ApiServer, profiles: readonly object[]) =>
    api.send({ method: "PUT", target: `${profilesOf(storeId)}/Bulk`, body: { profiles } });

  it.each([
    ["no traits", {}, ""],
    ["no promoted trait", { Contact: { firstName: "Ada" }, Orders: { count: 1 } }, ""],
    [
      "a phone number that is not valid",
      { Contact: { phone: "12" } },
      "; /traits/Contact/phone is not a valid phone number",
    ],
    ["an empty email address", { Contact: { email: " " } }, "; /traits/Contact/email is empty"],
    [
      "an unpaired surrogate",
      { Contact: { email: "a\ud800" } },
      "; /traits/Contact/email contains a character that cannot be stored",
    ],
    [
      "several",
      { Contact: { phone: "", firstName: "Ada", email: "\u0000" } },
      "; /traits/Contact/phone is empty; /traits/Contact/email contains a character that cannot be stored",
    ],
  ])("is rejected, and the message names the promoted traits: %s", async (_what, traits, problems) => {
    const api = await startApi({ stores });
    const created = await create(api, JSON.stringify(traits));
    expect([created.status, created.body]).toMatchObject([400, { code: 400, message: message + problems }]);
    const updated = await bulk(api, [{ traits: { Contact: { email } } }, { traits }]);
    expect([updated.status, updated.body]).toMatchObject([
      400,
      { code: 400, message: `/profiles/1: ${message}${problems.replaceAll("/traits", "/profiles/1/traits")}` },
    ]);
  });

  it("is rejected with at most 1024 characters, and never with a value", async () => {
    const names = Array.from({ length: 60 }, (_, at) => `identifier number ${at}`);
    const many = new Map(names.map((name): [string, TraitDefinition] => [name, { ...text, idTypePromotion: "phone" }]));
    const rules = { identifierTypes, traitGroups: new Map([["Many", many]]) };
    const api = await startApi({
      stores: new Map([[storeId, { accountSid: "", ...settingsForTests.stores.get(storeId), rules }]]),
    });
    const traits = { Many: Object.fromEntries(names.map((name) => [name, "secret"])) };
    const { status, body } = await create(api, JSON.stringify(traits));
    expect([status, Object(body).message]).toEqual([
      400,
      expect.stringMatching(/^The request must .* is not a valid phone number; .*…$/),
    ]);
    expect(Object(body).message).toHaveLength(1024);
    expect(JSON.stringify(body)).not.toContain("secret");
  });
});

describe("traits", () => {
  it("are returned as they were sent", async () => {
    const api = await startApi({ stores });
    const traits = {
      Contact: { email: "  Ada.Reyes@Example.com ", firstName: "", lastName: 'Ñandú 😀 " \\ \u0000 \u2028' },
      Orders: { count: -1.5e-7, tags: ["a", 1, true, ""], vip: false },
      "a.b-c_D9": { "with space/and~tilde": "x", "": "y", ünïcode: "z" },
    };
    const { body } = await create(api, JSON.stringify(traits));
    expect(JSON.parse(await fetchTraits(api, Object(body).id))).toEqual(traits);
  });

  it("that are numbers keep their values", async () => {
    const api = await startApi({ stores });
    for (const count of [0, -0, 1e21, Number.MAX_VALUE, Number.MIN_VALUE, 2 ** 53, 0.1]) {
      const { body } = await create(api, JSON.stringify({ Contact: { email }, Orders: { count } }));
      expect(JSON.parse(await fetchTraits(api, Object(body).id))).toMatchObject({ Orders: { count: count + 0 } });
    }
  });

  it("may have the names that every object inherits", async () => {
    const api = await startApi({ stores });
    const groups = odd.map((group) => `"${group}":{${odd.map((trait) => `"${trait}":"${group} ${trait}"`).join(",")}}`);
    const created = await create(api, `{"Contact":{"email":"${email}"},${groups.join(",")}}`);
    expect(created.status).toBe(202);
    const id = String(Object(created.body).id);
    const stored = await fetchTraits(api, id);
    for (const group of groups) expect(stored).toContain(group);
    expect(await fetchTraits(api, id, "?traitGroups=__proto__,then")).toBe(`{${groups[0]},${groups[5]}}`);

    const patch = Buffer.from('{"traits":{"__proto__":{"__proto__":null,"constructor":"new"}}}');
    expect(await api.send({ method: "PATCH", target: profileOf(id), body: patch })).toMatchObject({ status: 202 });
    const patched = await fetchTraits(api, id, "?traitGroups=__proto__");
    expect(patched).toContain('"constructor":"new"');
    expect(patched).not.toContain("__proto__ __proto__");
    expect(Object.prototype).not.toHaveProperty("then");
  });

  it.each(odd)("that the store does not declare are rejected, even with the name %s", async (name) => {
    const api = await startApi();
    const group = await create(api, `{"Contact":{"email":"${email}"},"${name}":{}}`);
    expect(group.body).toMatchObject({ code: 520047, message: expect.stringContaining(`/traits/${name}:`) });
    const trait = await create(api, `{"Contact":{"email":"${email}","${name}":"x"}}`);
    expect(trait.body).toMatchObject({ code: 520047, message: expect.stringContaining(`/traits/Contact/${name}:`) });
    const property = await api.send({
      method: "POST",
      target: profilesOf(storeId),
      body: Buffer.from(`{"traits":{"Contact":{"email":"${email}"}},"${name}":1}`),
    });
    expect(property.body).toMatchObject({
      code: 520046,
      message: expect.stringContaining(`/${name}: unknown property`),
    });
  });

  it.each(["__proto__", "constructor", "hasOwnProperty", "transfer-encodin"])(
    "are not affected by the header %s",
    async (name) => {
      const api = await startApi();
      expect(await api.send({ method: "GET", target: profilesOf(storeId), headers: { [name]: "x" } })).toMatchObject({
        status: 200,
      });
    },
  );

  it("are named by a pointer in the error", async () => {
    const api = await startApi({ stores });
    const { body } = await create(api, JSON.stringify({ "a.b-c_D9": { "with space/and~tilde": 1 } }));
    expect(body).toMatchObject({
      code: 520046,
      message: "/traits/a.b-c_D9/with space~1and~0tilde: must be a string, as the trait's data type is STRING",
    });
  });
});

describe("the list of trait groups", () => {
  const start = async () => {
    const api = await startApi({ stores });
    const { body } = await create(api, JSON.stringify({ Contact: { email }, Orders: { count: 1 } }));
    return { api, id: String(Object(body).id) };
  };

  it.each([
    ["Orders", { Orders: { count: 1 } }],
    ["Orders,Contact", { Contact: { email }, Orders: { count: 1 } }],
    ["Orders,Orders", { Orders: { count: 1 } }],
    ["%20Orders%20,%20", { Orders: { count: 1 } }],
    ["Nothing", {}],
    ["Nothing,Orders", { Orders: { count: 1 } }],
    ["constructor", {}],
    ["orders", {}],
    [",", {}],
  ])("%s restricts the response to those that exist", async (list, traits) => {
    const { api, id } = await start();
    expect(JSON.parse(await fetchTraits(api, id, `?traitGroups=${list}`))).toEqual(traits);
  });

  it("restricts nothing if it is missing", async () => {
    const { api, id } = await start();
    expect(JSON.parse(await fetchTraits(api, id))).toEqual({ Contact: { email }, Orders: { count: 1 } });
  });

  it.each([
    ["", "traitGroups: must have at least 1 character"],
    ["a".repeat(257), "traitGroups: must have at most 256 characters"],
  ])("is rejected out of bounds: %j", async (list, message) => {
    const { api, id } = await start();
    const response = await api.send({ method: "GET", target: `${profileOf(id)}?traitGroups=${list}` });
    expect(response.body).toMatchObject({ code: 400, message });
  });
});

describe("a group without traits, because all were removed", () => {
  it("is not returned", async () => {
    const api = await startApi({ stores });
    const id = await createProfile(api);
    const send = (count: number | null) =>
      api.send({ method: "PATCH", target: profileOf(id), body: { traits: { Orders: { count } } } });
    await send(1);
    await send(null);
    expect(JSON.parse(await fetchTraits(api, id))).toEqual({ Contact: { email } });
  });
});
