import type { versions } from "../../versions.ts";
import { bareOpenapiFetch } from "./bare-openapi-fetch.ts";
import type { Caller } from "./caller.ts";
import { memoryClient } from "./memory-client.ts";
import { vendorSdk } from "./vendor-sdk.ts";

/** Package name of a client. */
export type ClientName = keyof typeof versions;

/** Each client with its defaults, and with options that change its behavior. */
export const callers: Readonly<Record<ClientName, readonly ((url: string) => Caller)[]>> = {
  "@memory-api/client": [memoryClient],
  twilio: [vendorSdk, (url) => vendorSdk(url, { autoRetry: true })],
  "openapi-fetch": [bareOpenapiFetch],
};
