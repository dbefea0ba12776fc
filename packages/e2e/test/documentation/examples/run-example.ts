import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished, vi } from "vitest";
import { type AtHand, createSurroundings, csv } from "./at-hand.ts";
import { exampleFunction } from "./example-function.ts";

/**
 * Runs an example, within a test. Whatever it sends goes to a sandbox, whatever credentials it names, and `contacts.csv` is there.
 *
 * @throws what the example throws
 */
export async function runExample(code: string): Promise<void> {
  const given = await createSurroundings();
  onTestFinished(() => given.sandbox.close());
  await enterFolderWith("contacts.csv", csv);
  vi.stubGlobal("fetch", knownFetch(given));
  vi.stubEnv("TWILIO_API_KEY", given.apiKey);
  vi.stubEnv("TWILIO_API_SECRET", given.apiSecret);
  vi.spyOn(console, "log").mockReturnValue();
  onTestFinished(() => {
    vi.unstubAllGlobals();
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });
  await exampleFunction(code)(given);
}

/** Examples name credentials that nobody has. An upload has none, and gets none. */
function knownFetch({ sandbox, apiKey, apiSecret }: AtHand): typeof fetch {
  return (url, init) => {
    const headers = new Headers(init?.headers);
    if (headers.has("Authorization")) headers.set("Authorization", `Basic ${btoa(`${apiKey}:${apiSecret}`)}`);
    return sandbox.fetch(url, { ...init, headers });
  };
}

async function enterFolderWith(filename: string, text: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "memory-example-"));
  const before = process.cwd();
  await writeFile(join(folder, filename), text);
  process.chdir(folder);
  onTestFinished(async () => {
    process.chdir(before);
    await rm(folder, { recursive: true });
  });
}
