import { DEFAULT_STORE_RULES } from "../configuration/default-store.ts";
import { credentialFile } from "../configuration/generated-secrets.ts";
import type { ResolvedSettings } from "../configuration/resolve-settings.ts";
import { curlLine, environmentLine } from "./shell-lines.ts";

/**
 * Returns the text that a server prints when it listens. The text contains the credential that the server generated only on a
 * terminal or for a sandbox, never in a log.
 */
export function greeting(url: string, { settings, generatedCredential }: ResolvedSettings): string {
  const { sandbox, stores, dataFolder } = settings;
  const parts = [
    `${sandbox ? "A sandbox of the Memory API" : "The Memory API"} listens on ${url}`,
    ...(sandbox ? [`Watch it in a browser: ${url}/`] : []),
    ...(sandbox?.docsFolder ? [`Documentation: ${url}/docs/`] : []),
    `Stores: ${[...stores.keys()].join(", ")}`,
  ];
  if (generatedCredential) {
    parts.push(`Credentials: ${credentialFile(dataFolder)}`);
    const [storeId] = stores.keys();
    const [exampleStoreId] =
      [...stores].find(([, { rules }]) => rules.traitGroups === DEFAULT_STORE_RULES.traitGroups) ?? [];
    const isShown = sandbox !== undefined || process.stderr.isTTY;
    if (isShown && exampleStoreId !== undefined) parts.push(curlLine(url, exampleStoreId, generatedCredential));
    if (isShown && storeId !== undefined)
      parts.push(
        `To configure a client, run this command in its shell:\n${environmentLine(url, storeId, generatedCredential)}`,
      );
  }
  return [...parts, "Press Ctrl-C to stop."].join("\n\n");
}
