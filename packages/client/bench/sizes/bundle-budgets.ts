/**
 * Programs whose bundles have a budget in bytes, minified and compressed by gzip.
 *
 * An operation of ordinary size (`GET …/Profiles/{profileId}/Traits`, paged, with two new schemas) adds the bytes below, because the tables
 * of the types and of the client have a row for it. In a bundle of everything, code by hand for it, such as an iterator over its pages, adds
 * up to 450 more. A budget has room for at least five such operations with their code.
 *
 * | Bundle          | Measured | An operation | + 5 operations | Budget |
 * | --------------- | -------- | ------------ | -------------- | ------ |
 * | oneCall         |    8,306 |           26 |          8,436 |  9,500 |
 * | fetchClientCall |   10,956 |           32 |         11,116 | 12,500 |
 * | everything      |   18,247 |          500 |         20,750 | 21,000 |
 */
export const bundleBudgets = {
  oneCall: {
    program: `import { createConnection, fetchProfile } from "@memory-api/client";
export const profile = fetchProfile(createConnection(), { path: { storeId: "s", profileId: "p" } });`,
    budget: 9_500,
  },
  /** With openapi-fetch in it. */
  fetchClientCall: {
    program: `import { createFetchClient } from "@memory-api/client/openapi-fetch";
export const result = createFetchClient().GET("/v1/Stores/{storeId}/Profiles/{profileId}", {
  params: { path: { storeId: "s", profileId: "p" } },
});`,
    budget: 12_500,
  },
  /** Every entry point except the command and the openapi-fetch client, which is an alternative to the first one. */
  everything: {
    program: `export * from "@memory-api/client";
export * from "@memory-api/client/undici";
export * from "@memory-api/client/opentelemetry";`,
    budget: 21_000,
  },
} as const;

/** Name of a program with a budget. */
export type BundledProgram = keyof typeof bundleBudgets;
