import { createMemoryClient } from "@memory-api/client";

const memory = createMemoryClient();
const { imports } = memory.store("mem_store_00000000000000000000000000");

const { status, summary } = await imports.fetch(
  "mem_import_01kkbk0tfteqn89st3b7v4f5y8",
);
console.log(`The import is ${status}.`);
if (summary) console.log(`${summary.errors} rows failed.`);
