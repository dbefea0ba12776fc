import { operations } from "@memory-api/types";
import type { OwnCredential } from "../configuration/own-secrets.ts";

const EXAMPLE = { traits: { Contact: { email: "ada.reyes@example.com", firstName: "Ada" } } };

/** Returns a shell command that creates a profile in a store with the traits of the default store. */
export function curlLine(url: string, storeId: string, { apiKey, apiSecret }: OwnCredential): string {
  const target = url + operations.createProfile.path.replace("{storeId}", storeId);
  const header = "--header 'Content-Type: application/json'";
  return `curl --user ${apiKey}:${apiSecret} ${header} --data '${JSON.stringify(EXAMPLE)}' ${target}`;
}

/** Returns a shell command that lets a client find the server, a store and the credential. */
export function environmentLine(url: string, storeId: string, { apiKey, apiSecret }: OwnCredential): string {
  return `export MEMORY_BASE_URL=${url} MEMORY_STORE_ID=${storeId} TWILIO_API_KEY=${apiKey} TWILIO_API_SECRET=${apiSecret}`;
}
