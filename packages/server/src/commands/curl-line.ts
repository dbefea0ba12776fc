import { operations } from "@memory-api/types";
import type { OwnCredential } from "../configuration/own-secrets.ts";

const EXAMPLE = { traits: { Contact: { email: "ada.reyes@example.com", firstName: "Ada" } } };

/** A line for the shell that creates a profile in a store with the traits of the default one. */
export function curlLine(url: string, storeId: string, { apiKey, apiSecret }: OwnCredential): string {
  const target = url + operations.createProfile.path.replace("{storeId}", storeId);
  const header = "--header 'Content-Type: application/json'";
  return `curl --user ${apiKey}:${apiSecret} ${header} --data '${JSON.stringify(EXAMPLE)}' ${target}`;
}
