import { hash } from "node:crypto";
import { DEFAULT_ACCOUNT_SID, DEFAULT_STORE_ID, DEFAULT_STORE_RULES } from "../../src/configuration/default-store.ts";
import type { Settings } from "../../src/configuration/settings.ts";

export const storeId = DEFAULT_STORE_ID;
/** A second store of the same account. */
export const otherStoreId = "mem_store_00000000000000000000000001";
/** The store of another account. */
export const foreignStoreId = "mem_service_00000000000000000000000002";
export const unknownStoreId = "mem_store_7zzzzzzzzzzzzzzzzzzzzzzzzz";

const strangerSid = `AC${"1".repeat(32)}`;

/** Username and password of HTTP Basic. */
export type Login = readonly [username: string, password: string];

/**
 * Logins of the owner of the first two stores, by key and by account, and of the owner of the third. The secrets are canaries: `pnpm test`
 * searches its output for them.
 */
export const logins = {
  owner: [`SK${"a".repeat(32)}`, "canary-0a000000-0001 of the owner's key"],
  ownerAccount: [DEFAULT_ACCOUNT_SID, "canary-0a000000-0002 of the owner: with a colon, and ünicode"],
  stranger: [strangerSid, "canary-0a000000-0003 of the stranger"],
} as const satisfies Record<string, Login>;

const account = (accountSid: string, [, secret]: Login) => ({
  accountSid,
  secretSha256: hash("sha256", secret, "buffer"),
});

const owned = { accountSid: DEFAULT_ACCOUNT_SID, rules: DEFAULT_STORE_RULES };

/** Two accounts and three stores, on a free loopback port, without limits. */
export const settingsForTests: Settings = {
  host: "127.0.0.1",
  port: 0,
  trustedProxies: [],
  dataFolder: "",
  credentials: new Map([
    [logins.owner[0], account(DEFAULT_ACCOUNT_SID, logins.owner)],
    [logins.ownerAccount[0], account(DEFAULT_ACCOUNT_SID, logins.ownerAccount)],
    [logins.stranger[0], account(strangerSid, logins.stranger)],
  ]),
  stores: new Map([
    [storeId, owned],
    [otherStoreId, owned],
    [foreignStoreId, { accountSid: strangerSid, rules: DEFAULT_STORE_RULES }],
  ]),
  rateLimits: {},
  limits: {},
  signingKeys: [{ id: "test", secret: new Uint8Array(32).fill(7) }],
  imports: { leaseMs: 60_000, pollMs: 60_000 },
  timeouts: { headersMs: 60_000, bodyMs: 60_000, idleMs: 60_000, unreadyMs: 0, drainMs: 60_000 },
  logLevel: "silent",
};
