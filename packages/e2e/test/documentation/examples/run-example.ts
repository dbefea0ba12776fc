import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished, vi } from "vitest";
import { createExampleContext, csv, type ExampleContext } from "./example-context.ts";
import { exampleFunction } from "./example-function.ts";

/**
 * Runs an example in a test. All its requests go to a sandbox, with valid credentials. The working directory contains
 * `contacts.csv`. Rejects if the example throws.
 */
export async function runExample(code: string): Promise<void> {
  const context = await createExampleContext();
  onTestFinished(() => context.sandbox.close());
  await enterFolderWith("contacts.csv", csv);
  vi.stubGlobal("fetch", sandboxFetch(context));
  vi.stubEnv("TWILIO_API_KEY", context.apiKey);
  vi.stubEnv("TWILIO_API_SECRET", context.apiSecret);
  vi.spyOn(console, "log").mockReturnValue();
  onTestFinished(() => {
    vi.unstubAllGlobals();
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });
  await exampleFunction(code)(context);
}

/** Returns a `fetch` that calls the sandbox. It replaces the fictitious credentials of the examples. Uploads have no credentials. */
function sandboxFetch({ sandbox, apiKey, apiSecret }: ExampleContext): typeof fetch {
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
