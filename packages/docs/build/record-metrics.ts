// `node build/record-metrics.ts` starts a server, and writes its metrics to `src/server/metrics.json`.
import { writeFile } from "node:fs/promises";
import { recordMetrics } from "../src/server/record-metrics.ts";

const file = new URL("../src/server/metrics.json", import.meta.url);
await writeFile(file, `${JSON.stringify(await recordMetrics(), null, 2)}\n`);
