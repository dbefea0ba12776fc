import { createHash } from "node:crypto";
import type { Settings } from "../src/configuration/settings.ts";
import type { StoreRules, TraitDefinition } from "../src/domain/stores/store-rules.ts";

export const STORE = "mem_store_00000000000000000000000000";
export const AUTHORIZATION = `Basic ${btoa("bench:secret")}`;
/** The store of another account. */
export const NEIGHBOR_STORE = "mem_store_00000000000000000000000001";
export const NEIGHBOR_AUTHORIZATION = `Basic ${btoa("neighbor:secret")}`;

const secretSha256 = createHash("sha256").update("secret").digest();
const LIMIT = { perSecond: 1e6, burst: 1e6 };
const text: TraitDefinition = { dataType: "STRING" };
const PLAIN = ["firstName", "lastName", "street", "city", "state", "postalCode", "country", "preferredLanguage"];

/** The default store. */
export const rules: StoreRules = {
  traitGroups: new Map([
    [
      "Contact",
      new Map([
        ...PLAIN.map((name) => [name, text] as const),
        ["email", { ...text, idTypePromotion: "email" }],
        ["phone", { ...text, idTypePromotion: "phone" }],
      ]),
    ],
  ]),
  identifierTypes: new Map([
    ["email", { normalization: "email", limit: 100, limitPolicy: "fifo" }],
    ["phone", { normalization: "phone", limit: 100, limitPolicy: "fifo" }],
  ]),
};

/** Settings of a measured server. Its limits are on, but too high for the load to reach them. */
export function benchSettings(dataFolder: string, databaseUrl?: string): Settings {
  return {
    host: "127.0.0.1",
    port: 0,
    trustedProxies: [],
    dataFolder,
    ...(databaseUrl !== undefined && { databaseUrl }),
    credentials: new Map([
      ["bench", { accountSid: "AC1", secretSha256 }],
      ["neighbor", { accountSid: "AC2", secretSha256 }],
    ]),
    stores: new Map([
      [STORE, { accountSid: "AC1", rules }],
      [NEIGHBOR_STORE, { accountSid: "AC2", rules }],
    ]),
    rateLimits: { address: LIMIT, read: LIMIT, write: LIMIT, bulk: LIMIT, import: LIMIT },
    limits: { connections: 10_000, connectionsPerAddress: 10_000, requestsPerAccount: 10_000 },
    signingKeys: [{ id: "bench", secret: Buffer.alloc(32, 7) }],
    imports: { leaseMs: 15_000, pollMs: 1_000 },
    timeouts: { headersMs: 10_000, bodyMs: 30_000, idleMs: 60_000, unreadyMs: 0, drainMs: 5_000 },
    logLevel: "info",
  };
}
