import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createMemoryClient } from "@memory-api/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ServerProcess, startServerProcess } from "../support/server-process.ts";
import { type InstalledExample, installExample } from "./install-example.ts";

const storeId = "mem_store_00000000000000000000000000";

let example: InstalledExample;
let server: ServerProcess;
beforeAll(async () => {
  [example, server] = await Promise.all([installExample("import-csv"), startServerProcess(["--sandbox"])]);
}, 900_000);
afterAll(async () => {
  await server?.stop();
  await example?.remove();
});

/** Runs the example and resolves when it exits, with any exit code. */
function runExample(...args: string[]): Promise<{ exitCode: unknown; printed: string }> {
  const { url, apiKey, apiSecret } = server;
  const env = {
    ...process.env,
    MEMORY_BASE_URL: url,
    MEMORY_STORE_ID: storeId,
    TWILIO_API_KEY: apiKey,
    TWILIO_API_SECRET: apiSecret,
  };
  return new Promise((resolve) => {
    execFile(process.execPath, ["import-csv.mjs", ...args], { cwd: example.folder, env }, (error, stdout) =>
      resolve({ exitCode: error?.code ?? 0, printed: stdout }),
    );
  });
}

describe("the import-csv example", () => {
  it("imports people.csv, shows the progress, and reports the two failed rows", async () => {
    const { exitCode, printed } = await runExample();
    expect(exitCode).toBe(3);
    expect(printed).toMatch(/^created\n\[-{40}\]\n\[#{40}\]\nuploaded\n/);
    expect(printed).toMatch(/\nmem_import_\w+: 2 rows failed, 0 were partially applied\.\n$/);

    const { url, apiKey, apiSecret } = server;
    const rows = (await readFile(join(example.folder, "people.csv"), "utf8")).trim().split("\n").length - 1;
    const { profiles } = createMemoryClient({
      baseUrl: url,
      credentials: { apiKey, apiSecret },
    }).store(storeId);
    expect(await profiles.list().toArray({ limit: Number.POSITIVE_INFINITY })).toHaveLength(rows - 2);
  });

  it("exits with 0 if no row failed", async () => {
    await writeFile(
      join(example.folder, "good.csv"),
      "email,first_name,last_name,city\nada.reyes@example.com,Ada,Reyes,Oakland\n",
    );
    expect(await runExample("good.csv")).toMatchObject({ exitCode: 0 });
  });

  it("has at most thirty lines", async () => {
    const lines = (await readFile(join(example.folder, "import-csv.mjs"), "utf8")).trim().split("\n");
    expect(lines.length).toBeLessThanOrEqual(30);
  });
});
