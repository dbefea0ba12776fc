/** The mock accepts any credentials, and any ID that matches its pattern. */
export const AUTHORIZATION = `Basic ${btoa("key:secret")}`;
export const PROFILES = "/v1/Stores/mem_store_00000000000000000000000000/Profiles";
export const PROFILE = `${PROFILES}/mem_profile_01kjpx9gbsf34a7d8j2y8hjkqv`;

/** Returns a request that creates a profile. */
export function creation(body: unknown): RequestInit {
  return {
    method: "POST",
    headers: { Authorization: AUTHORIZATION, "Content-Type": "application/json" },
    body: JSON.stringify(body),
  };
}
