/** Where a call of these tests goes. */
export const path = {
  storeId: "mem_store_00000000000000000000000000",
  profileId: "mem_profile_01kjpx9gbsf34a7d8j2y8hjkqv",
} as const;

/** Any will do. */
export const credentials = { apiKey: "key", apiSecret: "secret" };
