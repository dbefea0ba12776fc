import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

function versionOf(name: string): string {
  const manifest: { version: string } = require(`${name}/package.json`);
  return manifest.version;
}

/** Installed versions of the packages that are compared. */
export const versions = {
  "@memory-api/client": versionOf("@memory-api/client"),
  twilio: versionOf("twilio"),
  "openapi-fetch": versionOf("openapi-fetch"),
} as const;
