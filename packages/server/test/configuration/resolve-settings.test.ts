import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { DEFAULT_ACCOUNT_SID, DEFAULT_STORE_ID, DEFAULT_STORE_RULES } from "../../src/configuration/default-store.ts";
import { temporarySecrets } from "../../src/configuration/generated-secrets.ts";
import { resolveSettings } from "../../src/configuration/resolve-settings.ts";
import { accounts, secrets, settingsOf, sid, storeId } from "./settings-of.ts";
import { temporaryFolder } from "./temporary-folder.ts";

describe("settings of an empty configuration", () => {
  it("have the default store, and one account with a generated credential", async () => {
    const { settings, generatedCredential } = await settingsOf({});
    expect(settings.stores).toEqual(
      new Map([[DEFAULT_STORE_ID, { accountSid: DEFAULT_ACCOUNT_SID, rules: DEFAULT_STORE_RULES }]]),
    );
    const { apiKey = "", apiSecret = "" } = generatedCredential ?? {};
    expect([...settings.credentials]).toEqual([
      [apiKey, { accountSid: DEFAULT_ACCOUNT_SID, secretSha256: createHash("sha256").update(apiSecret).digest() }],
    ]);
    expect(settings.signingKeys[0].secret.length).toBeGreaterThanOrEqual(32);
  });

  it("omit settings that are not configured", async () => {
    const { settings } = await settingsOf({});
    expect(settings).not.toHaveProperty("publicUrl");
    expect(settings).not.toHaveProperty("errorDocsUrl");
    expect(settings).not.toHaveProperty("databaseUrl");
    expect(settings).not.toHaveProperty("sandbox");
  });
});

describe("settings of a configuration", () => {
  it("contain the hash of a secret, from the configuration or from the file of the secret", async () => {
    const digest = createHash("sha256").update("hunter2").digest();
    const credentials = [
      { username: "digest", secretSha256: digest.toString("hex").toUpperCase() },
      { username: "file", secretFile: "secret" },
      { username: "line", secretFile: "./line" },
    ];
    const { settings, generatedCredential } = await settingsOf({ accounts: [{ sid: sid(1), credentials }] });
    for (const { username } of credentials) {
      expect(settings.credentials.get(username)).toEqual({ accountSid: sid(1), secretSha256: digest });
    }
    expect(settings.credentials.size).toBe(3);
    expect(generatedCredential).toBeUndefined();
  });

  it("contain the signing keys in their order", async () => {
    const signingKeys = ["new", "old"].map((id) => ({ id, secretFile: "key" }));
    expect((await settingsOf({ signingKeys })).settings.signingKeys).toEqual([
      { id: "new", secret: Buffer.from(secrets.key) },
      { id: "old", secret: Buffer.from(secrets.key) },
    ]);
  });

  it("contain the rules of a store, with the names of built-in properties", async () => {
    const text = `{
      "stores": [{
        "id": "${DEFAULT_STORE_ID}",
        "identifierTypes": { "constructor": { "limit": 2, "limitPolicy": "lifo" } },
        "traitGroups": {
          "__proto__": {
            "traits": {
              "__proto__": { "dataType": "STRING", "description": "none", "idTypePromotion": "constructor" },
              "toString": { "dataType": "NUMBER", "validationRule": { "min": -2, "max": -1 } }
            }
          }
        }
      }]
    }`;
    const { settings } = await settingsOf(JSON.parse(text));
    expect(settings.stores.get(DEFAULT_STORE_ID)?.rules).toEqual({
      identifierTypes: new Map([["constructor", { normalization: "trim", limit: 2, limitPolicy: "lifo" }]]),
      traitGroups: new Map([
        [
          "__proto__",
          new Map<string, object>([
            ["__proto__", { dataType: "STRING", idTypePromotion: "constructor" }],
            ["toString", { dataType: "NUMBER", validationRule: { min: -2, max: -1 } }],
          ]),
        ],
      ]),
    });
  });

  it("assign a store to the only account, or to the account that it names", async () => {
    const one = await settingsOf({ accounts: accounts(sid(1)), stores: [{ id: storeId(1) }] });
    expect(one.settings.stores.get(storeId(1))?.accountSid).toBe(sid(1));
    const two = await settingsOf({ accounts: accounts(sid(1), sid(2)), stores: [{ id: storeId(1), account: sid(2) }] });
    expect(two.settings.stores.get(storeId(1))?.accountSid).toBe(sid(2));
  });

  it("replace one rate limit, and keep the others", async () => {
    const { rateLimits } = (await settingsOf({ rateLimits: { bulk: { perSecond: 0.5, burst: 1 } } })).settings;
    expect(rateLimits.bulk).toEqual({ perSecond: 0.5, burst: 1 });
    expect(rateLimits.read).toEqual((await settingsOf({})).settings.rateLimits.read);
  });

  it("contain the database URL of a file, unless it is in the environment", async () => {
    const shared = { accounts: accounts(sid(1)), signingKeys: [{ id: "a", secretFile: "key" }] };
    const folder = await temporaryFolder();
    const databaseUrlFile = join(folder, "url");
    await writeFile(databaseUrlFile, "postgres://file\n");
    const configuration = { ...shared, databaseUrlFile };
    expect((await settingsOf(configuration)).settings.databaseUrl).toBe("postgres://file");
    const DATABASE_URL = "postgresql://environment";
    expect((await settingsOf(configuration, { DATABASE_URL })).settings.databaseUrl).toBe(DATABASE_URL);
  });

  it("contain a database URL with commas that separate no hosts", async () => {
    const shared = { accounts: accounts(sid(1)), signingKeys: [{ id: "a", secretFile: "key" }] };
    const DATABASE_URL = "postgres://user:a,b@host/name?options=-cx=1,2";
    expect((await settingsOf(shared, { DATABASE_URL })).settings.databaseUrl).toBe(DATABASE_URL);
  });

  it.each(["https://memory.example.com/", "http://127.0.0.1:8080/docs/errors/"])(
    "contain the URL of the error documentation, %s",
    async (errorDocsUrl) => {
      expect((await settingsOf({ errorDocsUrl })).settings.errorDocsUrl).toBe(errorDocsUrl);
    },
  );

  it("contain the maximum number of connections to a database", async () => {
    expect((await settingsOf({ databaseConnections: 3 })).settings.databaseConnections).toBe(3);
  });

  it("resolve paths against the folder of the file", async () => {
    const { settings } = await resolveSettings(
      { configuration: { data: "../data" }, folder: "/srv/memory" },
      () => temporarySecrets,
    );
    expect(settings.dataFolder).toBe("/srv/data");
  });
});
