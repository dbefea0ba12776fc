import { DEFAULT_STORE_RULES } from "../configuration/default-store.ts";
import { credentialFile } from "../configuration/own-secrets.ts";
import type { ResolvedSettings } from "../configuration/resolve-settings.ts";
import { curlLine, environmentLine } from "./shell-lines.ts";

/**
 * Returns the text that a server prints once it listens. It shows the server's own credential on a terminal and for a sandbox, and never
 * in a log.
 */
export function greeting(url: string, { settings, ownCredential }: ResolvedSettings): string {
  const { sandbox, stores, dataFolder } = settings;
  const parts = [
    `${sandbox ? "A sandbox of the Memory API" : "The Memory API"} listens on ${url}`,
    `Stores: ${[...stores.keys()].join(", ")}`,
  ];
  if (ownCredential) {
    parts.push(`Credentials: ${credentialFile(dataFolder)}`);
    const [storeId] = stores.keys();
    const [exampleStoreId] =
      [...stores].find(([, { rules }]) => rules.traitGroups === DEFAULT_STORE_RULES.traitGroups) ?? [];
    const isShown = sandbox !== undefined || process.stderr.isTTY;
    if (isShown && exampleStoreId !== undefined) parts.push(curlLine(url, exampleStoreId, ownCredential));
    if (isShown && storeId !== undefined)
      parts.push(`For a client, in its shell:\n${environmentLine(url, storeId, ownCredential)}`);
  }
  return [...parts, "Press Ctrl-C to stop."].join("\n\n");
}
