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

describe("a mistake that the schema cannot express", () => {
  it.each<[string, object, ...string[]]>([
    [
      "a database URL with several hosts",
      {
        ...{ accounts: accounts(sid(1)), signingKeys: [{ id: "a", secretFile: "key" }] },
        databaseUrl: "postgres://user@pg1.internal:5432,pg2.internal:5432/name",
      },
      "/databaseUrl: must name one host; after a failover, a proxy such as HAProxy finds the primary",
    ],
    [
      "a store of an unknown account",
      { stores: [{ id: storeId(1), account: sid(1) }] },
      "/stores/0/account: is not the SID of a configured account",
    ],
    [
      "a store without an account, if there are several",
      { accounts: accounts(sid(1), sid(2)), stores: [{ id: storeId(1) }] },
      "/stores/0: must have the property account, because there are several accounts",
    ],
    [
      "no stores for several accounts",
      { accounts: accounts(sid(1), sid(2)) },
      "/stores: must be configured, because there are several accounts",
    ],
    [
      "a duplicate store ID",
      { stores: [{ id: storeId(1) }, { id: storeId(1) }] },
      "/stores/1/id: is already the ID of another store",
    ],
    [
      "a sixteenth store of an account",
      { stores: Array.from({ length: 16 }, (_, at) => ({ id: storeId(at) })) },
      "/stores/15: exceeds the 15 stores that an account can have",
    ],
    [
      "a duplicate account SID",
      {
        accounts: [
          ...accounts(sid(1)),
          { ...accounts(sid(1))[0], credentials: [{ username: "x", secretFile: "secret" }] },
        ],
      },
      "/accounts/1/sid: is already the SID of another account",
    ],
    [
      "a duplicate user name",
      {
        accounts: [...accounts(sid(1)), { ...accounts(sid(1))[0], sid: sid(2) }],
        stores: [{ id: storeId(1), account: sid(1) }],
      },
      "/accounts/1/credentials/0/username: is already the user name of another credential",
    ],
    [
      "a duplicate key ID",
      { signingKeys: ["key", "key"].map((secretFile) => ({ id: "a", secretFile })) },
      "/signingKeys/1/id: is already the ID of another key",
    ],
    [
      "a signing key of 31 bytes",
      { signingKeys: [{ id: "a", secretFile: "short" }] },
      "/signingKeys/0/secretFile: the key must have at least 32 bytes",
    ],
    [
      "a promotion to an unknown identifier type",
      withTrait({ dataType: "STRING", idTypePromotion: "fax" }),
      `${TRAIT}/idTypePromotion: must be an identifier type of the store: email, phone, whatsapp, chat`,
    ],
    [
      "a promotion of a default trait to an identifier type that the store does not have",
      { stores: [{ id: storeId(1), identifierTypes: { email: {} } }] },
      "/stores/0/traitGroups/Contact/traits/phone/idTypePromotion: must be an identifier type of the store: email",
    ],
    [
      "a promotion to the name of a built-in property",
      withTrait({ dataType: "STRING", idTypePromotion: "constructor" }),
      `${TRAIT}/idTypePromotion: must be an identifier type of the store: email, phone, whatsapp, chat`,
    ],
    [
      "a promotion of an array",
      withTrait({ dataType: "ARRAY", idTypePromotion: "email" }),
      `${TRAIT}/idTypePromotion: is not supported for ARRAY; only a STRING or a NUMBER can be promoted`,
    ],
    [
      "a validation rule of another data type",
      withTrait({ dataType: "BOOLEAN", validationRule: { min: 1, maxItems: 1 } }),
      `${TRAIT}/validationRule/min: is not supported for the data type BOOLEAN`,
      `${TRAIT}/validationRule/maxItems: is not supported for the data type BOOLEAN`,
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
      "an invalid pattern",
      withTrait({ dataType: "STRING", validationRule: { pattern: "(" } }),
      `${TRAIT}/validationRule/pattern: is not a valid RE2 regular expression; RE2 supports neither lookarounds nor backreferences`,
    ],
    [
      "a pattern with a backreference",
      withTrait({ dataType: "STRING", validationRule: { pattern: "(a)\\1" } }),
      `${TRAIT}/validationRule/pattern: is not a valid RE2 regular expression; RE2 supports neither lookarounds nor backreferences`,
    ],
    ...["https://host/path", "https://host/", "https://user:hunter2@host", "https://Host", "https://"].map(
      (publicUrl): [string, object, string] => [
        `the public URL ${publicUrl}`,
        { publicUrl },
        "/publicUrl: must be an origin such as https://memory.example.com, in lower case, without a path or a trailing slash",
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
        { trustedProxies: ["10.0.0.0/8", "10.0.0.1/32", "::1", "fd00::/8", "2001:db8::/65", "::1/128", proxy] },
        "/trustedProxies/6: must be an IP address or a network such as 10.0.0.0/8",
      ],
    ),
    ...["0.0.0.0/0", "::/0", "10.0.0.0/00"].map((proxy): [string, object, string] => [
      `the proxy ${proxy}`,
      { trustedProxies: ["10.0.0.0/1", proxy] },
      "/trustedProxies/1: must not match every address, because callers are not proxies",
    ]),
    [
      "a database without the secrets that its processes share",
      { databaseUrl: "postgres://host" },
      "/accounts: must be configured if there is a databaseUrl, because all processes on the database share them",
      "/signingKeys: must be configured if there is a databaseUrl, because all processes on the database share them",
    ],
  ])("is %s", async (_, document, ...mistakes) => {
    expect(await mistakesOf(document)).toEqual(mistakes);
  });

  it("is a file of a secret that does not exist, is empty, or contains something else", async () => {
    const credential = (secretFile: string) => ({ username: secretFile, secretFile });
    const mistakes = await mistakesOf({
      accounts: [{ sid: sid(1), credentials: [credential("none"), credential("empty")] }],
      signingKeys: [{ id: "a", secretFile: "." }],
      databaseUrlFile: "secret",
    });
    expect(mistakes.map((line) => line.replace(/\/\S*memory-api-server-[^/ ]*/, "…"))).toEqual([
      "/databaseUrlFile: the file must contain a postgres:// URL",
      "/accounts/0/credentials/0/secretFile: the file …/none cannot be read (ENOENT)",
      "/accounts/0/credentials/1/secretFile: the file …/empty is empty",
      "/signingKeys/0/secretFile: the file … cannot be read (EISDIR)",
    ]);
  });

  it("prevents the server from generating secrets", async () => {
    const configuration: Configuration = { publicUrl: "https://host/path" };
    const resolving = resolveSettings({ configuration, folder: "/" }, () => {
      throw new Error("The secrets were generated.");
    });
    await expect(resolving).rejects.toThrow("/publicUrl: must be an origin");
  });
});
