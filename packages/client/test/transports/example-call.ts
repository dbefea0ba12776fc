/** Path parameters of the calls in these tests. */
export const path = {
  storeId: "mem_store_00000000000000000000000000",
  profileId: "mem_profile_01kjpx9gbsf34a7d8j2y8hjkqv",
} as const;

export const credentials = { apiKey: "key", apiSecret: "secret" };
