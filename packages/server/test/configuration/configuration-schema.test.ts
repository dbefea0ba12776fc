import { readFile } from "node:fs/promises";
import { bounds, patterns } from "@memory-api/types";
import { describe, expect, it } from "vitest";
import type { Configuration } from "#generated/configuration.js";
import { checkConfiguration } from "../../src/configuration/check-configuration.ts";
import type { Mistake } from "../../src/configuration/configuration-error.ts";
import { DEFAULT_STORE_ID } from "../../src/configuration/default-store.ts";
import { temporarySecrets } from "../../src/configuration/generated-secrets.ts";
import { resolveSettings } from "../../src/configuration/resolve-settings.ts";
import { CONNECTION_DEFAULTS } from "../../src/storage/postgres/database.ts";

const file = new URL("../../src/configuration/configuration.schema.json", import.meta.url);
const schema = JSON.parse(await readFile(file, "utf8"));

const sid = `AC${"0".repeat(32)}`;
const credential = { username: "SK1", secretFile: "secret" };
const trait = { dataType: "STRING" };
const store = (properties: object) => ({ stores: [{ id: DEFAULT_STORE_ID, ...properties }] });
const group = (traits: object) => store({ traitGroups: { Contact: { traits } } });
const many = (count: number, value: unknown) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`name${at}`, value]));

function mistakesOf(document: unknown): string[] {
  const mistakes: Mistake[] = [];
  checkConfiguration(document, mistakes);
  return mistakes.map(({ path, reason }) => `${path}: ${reason}`);
}

/** Yields each schema within the schema, with its JSON pointer. */
function* schemasIn(node: Record<string, unknown>, path = ""): Generator<[string, Record<string, unknown>]> {
  for (const [key, value] of Object.entries(node)) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) continue;
    const place = `${path}/${key}`;
    if (/\/(properties|\$defs)\/[^/]+$/.test(place)) yield [place, { ...value }];
    yield* schemasIn({ ...value }, place);
  }
}

describe("the schema of the configuration", () => {
  it.each<[string, unknown, string]>([
    ["a list", [], "/: must be object"],
    [
      "an unknown property",
      { prot: 1 },
      `/: has the unknown property prot; known properties: ${Object.keys(schema.properties).join(", ")}`,
    ],
    ["a port that is a string", { port: "4010" }, "/port: must be integer"],
    ["a port above 65535", { port: 65536 }, "/port: must be <= 65535"],
    ["a public URL with another protocol", { publicUrl: "ftp://x" }, '/publicUrl: must match pattern "^https?://"'],
    [
      "an error docs URL without a protocol",
      { errorDocsUrl: "//x/" },
      '/errorDocsUrl: must match pattern "^https?://"',
    ],
    [
      "a database URL with another protocol",
      { databaseUrl: "mysql://x" },
      '/databaseUrl: must match pattern "^postgres(ql)?://"',
    ],
    [
      "two settings for the database URL",
      { databaseUrl: "postgres://x", databaseUrlFile: "x" },
      "/: must have only one of databaseUrl and databaseUrlFile",
    ],
    ["no connections", { databaseConnections: 0 }, "/databaseConnections: must be >= 1"],
    ["101 connections", { databaseConnections: 101 }, "/databaseConnections: must be <= 100"],
    ["an unknown log level", { logLevel: "loud" }, "/logLevel: must be debug or info or warn or error or silent"],
    ["no accounts", { accounts: [] }, "/accounts: must NOT have fewer than 1 items"],
    [
      "an invalid account SID",
      { accounts: [{ sid: "AC1", credentials: [credential] }] },
      '/accounts/0/sid: must match pattern "^AC[0-9a-fA-F]{32}$"',
    ],
    [
      "a secret in plain text",
      { accounts: [{ sid, credentials: [{ ...credential, secret: "plain" }] }] },
      "/accounts/0/credentials/0: has the unknown property secret; known properties: username, secretSha256, secretFile",
    ],
    [
      "a credential without a secret",
      { accounts: [{ sid, credentials: [{ username: "SK1" }] }] },
      "/accounts/0/credentials/0: must have either secretSha256 or secretFile",
    ],
    [
      "a credential with two secrets",
      { accounts: [{ sid, credentials: [{ ...credential, secretSha256: "0".repeat(64) }] }] },
      "/accounts/0/credentials/0: must have either secretSha256 or secretFile",
    ],
    [
      "a secret instead of its SHA-256 hash",
      { accounts: [{ sid, credentials: [{ username: "SK1", secretSha256: "plain" }] }] },
      '/accounts/0/credentials/0/secretSha256: must match pattern "^[0-9a-fA-F]{64}$"',
    ],
    [
      "a user name with a colon, which HTTP Basic does not support",
      { accounts: [{ sid, credentials: [{ ...credential, username: "a:b" }] }] },
      '/accounts/0/credentials/0/username: must match pattern "^[^:\\s]+$"',
    ],
    [
      "an invalid store ID",
      store({ id: "mem_store_1" }),
      '/stores/0/id: must match pattern "^mem_(store|service)_[0-7][0-9a-z]{25}$"',
    ],
    [
      "51 trait groups",
      store({ traitGroups: many(51, { traits: {} }) }),
      "/stores/0/traitGroups: must NOT have more than 50 properties",
    ],
    [
      "a trait group whose name has a space",
      store({ traitGroups: { "a/b c": { traits: {} } } }),
      '/stores/0/traitGroups/a~1b c: its name must match pattern "^[a-zA-Z0-9_\\-\\.]+$"',
    ],
    [
      "96 traits",
      group(many(96, trait)),
      "/stores/0/traitGroups/Contact/traits: must NOT have more than 95 properties",
    ],
    [
      "a trait with an empty name",
      group({ "": trait }),
      "/stores/0/traitGroups/Contact/traits/: its name must NOT have fewer than 1 characters",
    ],
    [
      "an unknown data type",
      group({ born: { dataType: "DATE" } }),
      "/stores/0/traitGroups/Contact/traits/born/dataType: must be STRING or NUMBER or BOOLEAN or ARRAY",
    ],
    [
      "an unknown validation rule",
      group({ born: { ...trait, validationRule: { format: "date" } } }),
      "/stores/0/traitGroups/Contact/traits/born/validationRule: has the unknown property format; known properties: pattern, minLength, maxLength, min, max, minItems, maxItems",
    ],
    [
      "a limit of 0",
      store({ identifierTypes: { email: { limit: 0 } } }),
      "/stores/0/identifierTypes/email/limit: must be >= 1",
    ],
    [
      "a limit of 101",
      store({ identifierTypes: { email: { limit: 101 } } }),
      "/stores/0/identifierTypes/email/limit: must be <= 100",
    ],
    [
      "an unsupported matching algorithm",
      store({ identifierTypes: { email: { matchingAlgo: "fuzzy" } } }),
      "/stores/0/identifierTypes/email/matchingAlgo: must be exact",
    ],
    [
      "identifiers that are not unique",
      store({ identifierTypes: { email: { enforceUnique: false } } }),
      "/stores/0/identifierTypes/email/enforceUnique: must be true",
    ],
    ["a rate of 0", { rateLimits: { read: { perSecond: 0, burst: 1 } } }, "/rateLimits/read/perSecond: must be > 0"],
    [
      "a rate without a burst",
      { rateLimits: { read: { perSecond: 1 } } },
      "/rateLimits/read: must have required property 'burst'",
    ],
    [
      "three signing keys",
      { signingKeys: Array(3).fill({ id: "a", secretFile: "a" }) },
      "/signingKeys: must NOT have more than 2 items",
    ],
    [
      "a key ID with a dot",
      { signingKeys: [{ id: "a.b", secretFile: "a" }] },
      '/signingKeys/0/id: must match pattern "^[A-Za-z0-9_\\-]+$"',
    ],
    ["a lease of 0 seconds", { imports: { leaseSeconds: 0 } }, "/imports/leaseSeconds: must be >= 1"],
    ["a timeout of 0 seconds", { timeouts: { drainSeconds: 0 } }, "/timeouts/drainSeconds: must be >= 0.1"],
    ["an empty seed", { sandbox: { seed: "" } }, "/sandbox/seed: must NOT have fewer than 1 characters"],
  ])("rejects %s", (_, document, mistake) => {
    expect(mistakesOf(document)).toEqual([mistake]);
  });

  it("reports all mistakes", () => {
    expect(mistakesOf({ port: -1, stores: [{ id: "x" }, {}] }).map((line) => line.split(":")[0])).toEqual([
      "/port",
      "/stores/0/id",
      "/stores/1",
    ]);
  });

  it("accepts the names of built-in properties as trait groups, traits and identifier types", () => {
    const names = '{"__proto__": 1, "constructor": 1, "toString": 1}';
    const all = (value: unknown) => JSON.parse(names, (_, part) => (part === 1 ? value : part));
    const document = store({ traitGroups: all({ traits: all(trait) }), identifierTypes: all({ limit: 1 }) });
    expect(mistakesOf(document)).toEqual([]);
    expect(mistakesOf(store({ identifierTypes: JSON.parse('{"__proto__": {"limit": 0}}') }))).toEqual([
      "/stores/0/identifierTypes/__proto__/limit: must be >= 1",
    ]);
  });

  it("describes each property", () => {
    const without = [...schemasIn(schema)].filter(([, { description, $ref }]) => !description && !$ref);
    expect(without.map(([place]) => place)).toEqual([]);
  });

  it("rejects unknown properties in each object", () => {
    const open = [...schemasIn(schema)].filter(([, { type, additionalProperties = true }]) => {
      return type === "object" && additionalProperties === true;
    });
    expect(open.map(([place]) => place)).toEqual([]);
  });

  it("matches the contract", () => {
    const { Store, TraitGroup } = schema.$defs;
    const { traitGroups } = Store.properties;
    expect(Store.properties.id.pattern).toBe(patterns.StoreId.source);
    expect(traitGroups.maxProperties).toBe(bounds.Traits.maxProperties);
    expect(traitGroups.propertyNames.pattern).toBe(patterns.TraitGroupName.source);
    expect(traitGroups.propertyNames.maxLength).toBe(bounds.TraitGroupName.maxLength);
    expect(TraitGroup.properties.traits.maxProperties).toBe(bounds.TraitGroup.maxProperties);
    expect(TraitGroup.properties.traits.propertyNames.maxLength).toBe(bounds.TraitName.maxLength);
  });

  it("has a higher default log level for a sandbox", async () => {
    const levelOf = async (configuration: Configuration) =>
      (await resolveSettings({ configuration, folder: "/srv" }, () => temporarySecrets)).settings.logLevel;
    expect(await levelOf({ sandbox: {} })).toBe("warn");
    expect(await levelOf({})).toBe("info");
  });

  it("contains the defaults that the server uses", async () => {
    const configuration: Configuration = {
      sandbox: {},
      stores: [{ id: DEFAULT_STORE_ID, identifierTypes: { email: {}, phone: {} } }],
    };
    const { settings, generatedCredential } = await resolveSettings(
      { configuration, folder: "/srv" },
      () => temporarySecrets,
    );
    const { properties, $defs } = schema;
    const defaultsOf = (node: { properties: Record<string, { default: unknown }> }) =>
      Object.fromEntries(Object.entries(node.properties).map(([name, each]) => [name, each.default]));
    const { host, port, trustedProxies, rateLimits, sandbox } = settings;
    expect({ host, port, trustedProxies }).toEqual({
      host: properties.host.default,
      port: properties.port.default,
      trustedProxies: properties.trustedProxies.default,
    });
    expect(settings.dataFolder).toBe(`/srv/${properties.data.default}`);
    expect(CONNECTION_DEFAULTS.maxConnections).toBe(properties.databaseConnections.default);
    expect(rateLimits).toEqual(defaultsOf(properties.rateLimits));
    expect(settings.limits).toEqual(defaultsOf(properties.limits));
    expect(sandbox).toEqual({ ...defaultsOf(properties.sandbox), credential: generatedCredential });
    const { leaseSeconds, pollSeconds } = defaultsOf(properties.imports);
    expect(settings.imports).toEqual({ leaseMs: Number(leaseSeconds) * 1000, pollMs: Number(pollSeconds) * 1000 });
    const seconds = Object.entries(defaultsOf(properties.timeouts));
    expect(settings.timeouts).toEqual(
      Object.fromEntries(seconds.map(([name, value]) => [name.replace("Seconds", "Ms"), Number(value) * 1000])),
    );
    const { matchingAlgo, enforceUnique, ...identifierType } = defaultsOf($defs.IdentifierType);
    expect([matchingAlgo, enforceUnique]).toEqual(["exact", true]);
    expect(settings.stores.get(DEFAULT_STORE_ID)?.rules.identifierTypes.get("email")).toEqual(identifierType);
  });
});
