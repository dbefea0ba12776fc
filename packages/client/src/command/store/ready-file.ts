import { readFile } from "node:fs/promises";
import { UsageError } from "../arguments/usage-error.ts";
import { parseJson } from "../input/parse-json.ts";

/** What a memory-server writes once it answers. It has no credential where it was configured with others. */
export interface ReadyFile {
  readonly url: string;
  readonly storeId: string;
  readonly apiKey?: string | undefined;
  readonly apiSecret?: string | undefined;
}

/** @throws {UsageError} which repeats nothing of the file: it holds a secret */
export async function readReadyFile(path: string): Promise<ReadyFile> {
  const json = await readFile(path, "utf8").catch(({ code }) => {
    throw new UsageError(`--ready-file: ${path} cannot be read (${code}). It is there while the server runs.`);
  });
  const content = parseJson(json);
  if (isReadyFile(content)) return content;
  throw new UsageError(`--ready-file: ${path} is not what a memory-server writes: JSON with url and storeId.`);
}

function isReadyFile(content: unknown): content is ReadyFile {
  const { url, storeId, apiKey = "", apiSecret = "" } = Object(content);
  return [url, storeId, apiKey, apiSecret].every((value) => typeof value === "string");
}
