import { createMemoryClient } from "@memory-api/client";

const memory = createMemoryClient();
const { imports } = memory.store("mem_store_00000000000000000000000000");

// Creates the import, uploads the file, and polls until it has ended.
const job = imports.run("contacts.csv", {
  mapping: { email: "Contact.email", phone: "Contact.phone" },
});

// created, uploading, uploaded, processing, completed
for await (const event of job) console.log(event.type);

const { importId, summary } = await job;
console.log(importId, summary);
