import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { bounds } from "@memory-api/types";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createConnection } from "../../src/connection/connection.ts";
import { runImport } from "../../src/imports/run-import.ts";
import { mapping } from "./csv-sources.ts";
import { importService, storeId } from "./import-service.ts";

const MIB = 1024 * 1024;

let service: Awaited<ReturnType<typeof importService>>;
let folder: string;
beforeAll(async () => {
  service = await importService();
  folder = await mkdtemp(join(tmpdir(), "large-"));
});
afterAll(async () => {
  await service.close();
  await rm(folder, { recursive: true });
});

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

/** Returns how many bytes of buffers were in use at most while a file of this size was uploaded, measured every 2 MiB. */
async function peakOf(size: number): Promise<number> {
  const path = join(folder, `${size}.csv`);
  await writeFile(path, "email,name\n");
  await truncate(path, size);
  const connection = createConnection({ baseUrl: service.url, credentials: { apiKey: "key", apiSecret: "secret" } });
  let peak = 0;
  let next = 0;
  for await (const event of runImport(connection, storeId, path, { mapping })) {
    if (event.type !== "uploading" || event.loaded < next) continue;
    next = event.loaded + 2 * MIB;
    collectGarbage();
    peak = Math.max(peak, process.memoryUsage().arrayBuffers);
  }
  return peak;
}

describe("the upload of a path", () => {
  it("takes no more memory for 100 MiB than for 10 MiB", async () => {
    const small = await peakOf(10 * MIB);
    const large = await peakOf(bounds.FileSize.maximum);
    expect(service.uploads.at(-1)?.received).toBe(100 * MIB);
    expect(large - small).toBeLessThan(16 * MIB);
  });
});
