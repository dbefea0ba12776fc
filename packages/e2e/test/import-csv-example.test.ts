import { cp, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createMemoryClient } from "@memory-api/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "./consumer/run.ts";
import { type ServerProcess, startServerProcess } from "./server/server-process.ts";

const example = fileURLToPath(new URL("../../../examples/import-csv", import.meta.url));
const packages = fileURLToPath(new URL("../node_modules", import.meta.url));
const storeId = "mem_store_00000000000000000000000000";

let server: ServerProcess;
let folder: string;
beforeAll(async () => {
  server = await startServerProcess(["--sandbox"]);
  folder = await mkdtemp(join(tmpdir(), "import-csv-"));
  await cp(example, folder, { recursive: true, filter: (path) => !path.endsWith("node_modules") });
  await symlink(packages, join(folder, "node_modules"));
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

describe("the example import-csv", () => {
  it("imports its file, shows how far it is, and tells of the two rows that failed", async () => {
    const { url, username, password } = server;
    const env = {
      MEMORY_BASE_URL: url,
      MEMORY_STORE_ID: storeId,
      TWILIO_API_KEY: username,
      TWILIO_API_SECRET: password,
    };
    const printed = await run(process.execPath, ["import-csv.mjs"], { cwd: folder, env });
    expect(printed).toMatch(/^created\n\[-{40}\]\n\[#{40}\]\nuploaded\n/);
    expect(printed).toMatch(/\nmem_import_\w+: 2 rows failed, 0 were applied in part\.\n$/);

    const rows = (await readFile(join(folder, "people.csv"), "utf8")).trim().split("\n").length - 1;
    const { profiles } = createMemoryClient({
      baseUrl: url,
      credentials: { apiKey: username, apiSecret: password },
    }).store(storeId);
    expect(await profiles.list().toArray({ limit: Number.POSITIVE_INFINITY })).toHaveLength(rows - 2);
  });

  it("has at most thirty lines", async () => {
    const lines = (await readFile(join(folder, "import-csv.mjs"), "utf8")).trim().split("\n");
    expect(lines.length).toBeLessThanOrEqual(30);
  });
});
