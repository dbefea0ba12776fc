/** Programs whose bundles have a budget in bytes, minified and compressed by gzip. */
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
    budget: 20_000,
  },
} as const;

/** Name of a program with a budget. */
export type BundledProgram = keyof typeof bundleBudgets;
