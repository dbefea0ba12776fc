import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { announcementOf, contract, openapi, operationsOf } from "@memory-api/spec";

/**
 * Generates `deprecation-headers.js`: the headers of the responses of each deprecated operation.
 *
 * @param folder output folder; created if it does not exist
 * @param document by default, the contract
 */
export async function generateDeprecations(
  folder: string,
  document: Parameters<typeof operationsOf>[0] = openapi,
): Promise<void> {
  const headers = Object.fromEntries(
    operationsOf(document).flatMap(({ id, operation }) => {
      const announcement = announcementOf(operation);
      return announcement === undefined ? [] : [[id, headersFor(announcement)]];
    }),
  );
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, "deprecation-headers.js"),
    `${BANNER}export const deprecationHeaders = ${JSON.stringify(headers, null, 2)};\n`,
  );
  await writeFile(join(folder, "deprecation-headers.d.ts"), BANNER + TYPES);
}

/** `Deprecation` is a date of Structured Fields (RFC 9745), `Sunset` an HTTP date (RFC 8594), both at midnight UTC. */
function headersFor({ since, sunset }: { since: string; sunset: string }) {
  return { Deprecation: `@${Date.parse(since) / 1000}`, Sunset: new Date(sunset).toUTCString() };
}

const BANNER = `/**
 * Generated: do not edit. Regenerate it with \`npx -y pnpm@12 build\`.
 *
 * By build/generate-deprecations.ts from openapi.json with SHA-256 ${contract.sha256}.
 */
`;

const TYPES = `/** Keyed by the operation ID of a deprecated operation. */
export declare const deprecationHeaders: { readonly [operationId: string]: Readonly<Record<string, string>> };
`;
