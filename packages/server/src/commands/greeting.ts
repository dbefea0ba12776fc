import { DEFAULT_STORE_RULES } from "../configuration/default-store.ts";
import { credentialFile } from "../configuration/own-secrets.ts";
import type { ResolvedSettings } from "../configuration/resolve-settings.ts";
import { curlLine } from "./curl-line.ts";

/** What a server prints once it listens. Its own credential is shown on a terminal and by a sandbox, never to a log. */
export function greeting(url: string, { settings, ownCredential }: ResolvedSettings): string {
  const { sandbox, stores, dataFolder } = settings;
  const parts = [
    `${sandbox ? "A sandbox of the Memory API" : "The Memory API"} listens on ${url}`,
    `Stores: ${[...stores.keys()].join(", ")}`,
  ];
  if (ownCredential) {
    parts.push(`Credentials: ${credentialFile(dataFolder)}`);
    const [storeId] = [...stores].find(([, { rules }]) => rules.traitGroups === DEFAULT_STORE_RULES.traitGroups) ?? [];
    const isShown = sandbox !== undefined || process.stderr.isTTY;
    if (isShown && storeId !== undefined) parts.push(curlLine(url, storeId, ownCredential));
  }
  return [...parts, "Ctrl-C ends it."].join("\n\n");
}
