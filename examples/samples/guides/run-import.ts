import { createMemoryClient } from "@memory-api/client";

const { imports } = createMemoryClient().store("mem_store_00000000000000000000000000");

// Creates the import, uploads the file and waits until every row is processed.
const job = imports.run("contacts.csv", { mapping: { email: "Contact.email", phone: "Contact.phone" } });
for await (const event of job) console.log(event.type); // created, uploading, uploaded, processing, completed
const { importId, summary } = await job;
console.log(importId, summary);
