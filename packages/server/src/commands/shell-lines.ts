import { operations } from "@memory-api/types";
import type { GeneratedCredential } from "../configuration/generated-secrets.ts";

const EXAMPLE = { traits: { Contact: { email: "ada.reyes@example.com", firstName: "Ada" } } };

/** Returns a shell command that creates a profile in a store with the traits of the default store. */
export function curlLine(url: string, storeId: string, { apiKey, apiSecret }: GeneratedCredential): string {
  const target = url + operations.createProfile.path.replace("{storeId}", storeId);
  const header = "--header 'Content-Type: application/json'";
  return `curl --user ${apiKey}:${apiSecret} ${header} --data '${JSON.stringify(EXAMPLE)}' ${target}`;
}

/** Returns a shell command that sets the environment variables of a client: the URL, the store and the credential. */
export function environmentLine(url: string, storeId: string, { apiKey, apiSecret }: GeneratedCredential): string {
  return `export MEMORY_BASE_URL=${url} MEMORY_STORE_ID=${storeId} TWILIO_API_KEY=${apiKey} TWILIO_API_SECRET=${apiSecret}`;
}
