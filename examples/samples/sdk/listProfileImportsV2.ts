import { createMemoryClient } from "@memory-api/client";

const memory = createMemoryClient();
const store = memory.store("mem_store_00000000000000000000000000");

const { imports } = await store.imports.list();
console.log(`The newest of ${imports.length} imports:`);
for (const importId of imports.slice(0, 10)) {
  console.log(importId);
}
