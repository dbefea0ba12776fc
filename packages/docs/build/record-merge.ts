// `node build/record-merge.ts` runs the merge of the guide in a sandbox, and writes what happened to `src/drawings/merge-steps.json`.
import { writeFile } from "node:fs/promises";
import { recordMerge } from "../src/drawings/record-merge.ts";

const file = new URL("../src/drawings/merge-steps.json", import.meta.url);
await writeFile(file, `${JSON.stringify(await recordMerge(), null, 2)}\n`);
