import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { ConfigurationError, type Mistake } from "./configuration-error.ts";

/** What the thread sends. */
export type ParsedInThread = { readonly document: unknown } | { readonly mistakes: readonly Mistake[] };

/**
 * Parses YAML like `parseYaml`, but in a separate thread: requests would have to wait for a second or more while a configuration with
 * hundreds of stores is parsed.
 *
 * @throws {ConfigurationError}
 */
export async function parseYamlInThread(name: string, text: string): Promise<unknown> {
  const worker = new Worker(new URL(`./yaml-worker${import.meta.url.slice(-3)}`, import.meta.url), {
    workerData: { name, text },
    stdin: false,
  });
  const [parsed]: ParsedInThread[] = await once(worker, "message");
  if (parsed === undefined) throw new Error("The thread that parses the configuration sent nothing.");
  if ("mistakes" in parsed) throw new ConfigurationError(parsed.mistakes);
  return parsed.document;
}
