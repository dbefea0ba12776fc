import { describe, expect, it } from "vitest";
import type { Configuration } from "#generated/configuration.js";
import type { Mistake } from "../../src/configuration/configuration-error.ts";
import { DEFAULT_STORE_ID } from "../../src/configuration/default-store.ts";
import { resolveSettings } from "../../src/configuration/resolve-settings.ts";
import { accounts, settingsOf, sid, storeId } from "./settings-of.ts";

async function mistakesOf(document: object): Promise<string[]> {
  const { mistakes } = await settingsOf(document).catch((error) => error);
  return mistakes.map(({ path, reason }: Mistake) => `${path}: ${reason}`);
}

const withTrait = (trait: object) => ({
  stores: [{ id: DEFAULT_STORE_ID, traitGroups: { Contact: { traits: { field: trait } } } }],
});
const TRAIT = "/stores/0/traitGroups/Contact/traits/field";

describe("a mistake that no schema can say", () => {
  it.each<[string, object, ...string[]]>([
    [
      "a store of no account",
      { stores: [{ id: storeId(1), account: sid(1) }] },
      "/stores/0/account: is the SID of no account",
    ],
    [
      "a store of nobody among several",
      { accounts: accounts(sid(1), sid(2)), stores: [{ id: storeId(1) }] },
      "/stores/0: must have the property account, since there are several",
    ],
    [
      "no stores for several accounts",
      { accounts: accounts(sid(1), sid(2)) },
      "/stores: must be given, since there are several accounts",
    ],
    [
      "one ID of two stores",
      { stores: [{ id: storeId(1) }, { id: storeId(1) }] },
      "/stores/1/id: is the ID of another store too",
    ],
    [
      "a sixteenth store of an account",
      { stores: Array.from({ length: 16 }, (_, at) => ({ id: storeId(at) })) },
      "/stores/15: is more than the 15 stores that an account may have",
    ],
    [
      "one SID of two accounts",
      {
        accounts: [
          ...accounts(sid(1)),
          { ...accounts(sid(1))[0], credentials: [{ username: "x", secretFile: "secret" }] },
        ],
      },
      "/accounts/1/sid: is the SID of another account too",
    ],
    [
      "one user name of two accounts",
      {
        accounts: [...accounts(sid(1)), { ...accounts(sid(1))[0], sid: sid(2) }],
        stores: [{ id: storeId(1), account: sid(1) }],
      },
      "/accounts/1/credentials/0/username: is the user name of another credential too",
    ],
    [
      "one ID of two signing keys",
      { signingKeys: ["key", "key"].map((secretFile) => ({ id: "a", secretFile })) },
      "/signingKeys/1/id: is the ID of another key too",
    ],
    [
      "a signing key of 31 bytes",
      { signingKeys: [{ id: "a", secretFile: "short" }] },
      "/signingKeys/0/secretFile: the key must have 32 bytes or more",
    ],
    [
      "a promotion to no identifier type of the store",
      withTrait({ dataType: "STRING", idTypePromotion: "fax" }),
      `${TRAIT}/idTypePromotion: must be an identifier type of the store: email, phone, whatsapp, chat`,
    ],
    [
      "a promotion of the default traits to an identifier type that the store has not",
      { stores: [{ id: storeId(1), identifierTypes: { email: {} } }] },
      "/stores/0/traitGroups/Contact/traits/phone/idTypePromotion: must be an identifier type of the store: email",
    ],
    [
      "a promotion to the name of an object's own machinery",
      withTrait({ dataType: "STRING", idTypePromotion: "constructor" }),
      `${TRAIT}/idTypePromotion: must be an identifier type of the store: email, phone, whatsapp, chat`,
    ],
    [
      "a promotion of an array",
      withTrait({ dataType: "ARRAY", idTypePromotion: "email" }),
      `${TRAIT}/idTypePromotion: must not stand on ARRAY; only a STRING or a NUMBER can be promoted`,
    ],
    [
      "a rule of another data type",
      withTrait({ dataType: "BOOLEAN", validationRule: { min: 1, maxItems: 1 } }),
      `${TRAIT}/validationRule/min: does not fit the data type BOOLEAN`,
      `${TRAIT}/validationRule/maxItems: does not fit the data type BOOLEAN`,
    ],
    ...(
      [
        ["STRING", "minLength", "maxLength"],
        ["NUMBER", "min", "max"],
        ["ARRAY", "minItems", "maxItems"],
      ] as const
    ).map(([dataType, least, most]): [string, object, string] => [
      `a ${least} above its ${most}`,
      withTrait({ dataType, validationRule: { [least]: 2, [most]: 1 } }),
      `${TRAIT}/validationRule/${least}: must not be greater than ${most}`,
    ]),
    [
      "a pattern that is none",
      withTrait({ dataType: "STRING", validationRule: { pattern: "(" } }),
      `${TRAIT}/validationRule/pattern: is no regular expression of RE2, which has no lookaround and no backreference`,
    ],
    [
      "a pattern with a backreference",
      withTrait({ dataType: "STRING", validationRule: { pattern: "(a)\\1" } }),
      `${TRAIT}/validationRule/pattern: is no regular expression of RE2, which has no lookaround and no backreference`,
    ],
    ...["https://host/path", "https://host/", "https://user:hunter2@host", "https://Host", "https://"].map(
      (publicUrl): [string, object, string] => [
        `the public URL ${publicUrl}`,
        { publicUrl },
        "/publicUrl: must be an origin such as https://memory.example.com, in lower case, without a path or a slash at the end",
      ],
    ),
    ...[
      "https://",
      "https://host",
      "https://host/errors",
      "https://user:hunter2@host/errors/",
      "https://user@host/",
      "https://host/errors/?code=/",
      "https://host/?",
      "https://host/errors/#/",
      "https://Host/errors/",
      "https://host/our errors/",
    ].map((errorDocsUrl): [string, object, string] => [
      `the URL of the error documentation ${errorDocsUrl}`,
      { errorDocsUrl },
      "/errorDocsUrl: must be a normalized http or https URL that ends with a slash, such as https://memory.example.com/errors/, without credentials, a query or a fragment",
    ]),
    ...["10.0.0.0/33", "::/129", "10.0.0", "proxy", "10.0.0.0/8/8", "10.0.0.0/"].map(
      (proxy): [string, object, string] => [
        `the proxy ${proxy}`,
        { trustedProxies: ["10.0.0.0/8", "::1", "fd00::/8", proxy] },
        "/trustedProxies/3: must be an IP address or a network such as 10.0.0.0/8",
      ],
    ),
    ...["0.0.0.0/0", "::/0", "10.0.0.0/00"].map((proxy): [string, object, string] => [
      `the proxy ${proxy}`,
      { trustedProxies: ["10.0.0.0/1", proxy] },
      "/trustedProxies/1: must not be every address: callers are no proxies",
    ]),
    [
      "a database without what its processes share",
      { databaseUrl: "postgres://host" },
      "/accounts: must be given with a databaseUrl: all processes on it share them",
      "/signingKeys: must be given with a databaseUrl: all processes on it share them",
    ],
  ])("is %s", async (_, document, ...mistakes) => {
    expect(await mistakesOf(document)).toEqual(mistakes);
  });

  it("is a file of a secret that is not there, is empty, or holds something else", async () => {
    const credential = (secretFile: string) => ({ username: secretFile, secretFile });
    const mistakes = await mistakesOf({
      accounts: [{ sid: sid(1), credentials: [credential("none"), credential("empty")] }],
      signingKeys: [{ id: "a", secretFile: "." }],
      databaseUrlFile: "secret",
    });
    expect(mistakes.map((line) => line.replace(/\/\S*memory-api-server-[^/ ]*/, "…"))).toEqual([
      "/databaseUrlFile: the file must hold a postgres:// URL",
      "/accounts/0/credentials/0/secretFile: the file …/none cannot be read (ENOENT)",
      "/accounts/0/credentials/1/secretFile: the file …/empty is empty",
      "/signingKeys/0/secretFile: the file … cannot be read (EISDIR)",
    ]);
  });

  it("keeps the server from making secrets of its own", async () => {
    const configuration: Configuration = { publicUrl: "https://host/path" };
    const resolving = resolveSettings({ configuration, folder: "/" }, () => {
      throw new Error("asked for secrets");
    });
    await expect(resolving).rejects.toThrow("/publicUrl: must be an origin");
  });
});
