// Imports people.csv, or the file that is named, and shows how far it is.
import { createMemoryClient } from "@memory-api/client";

const [file = "people.csv"] = process.argv.slice(2);
const mapping = {
  email: "Contact.email",
  first_name: "Contact.firstName",
  last_name: "Contact.lastName",
  city: "Contact.city",
};

// Where the API is, and the credentials, come from the environment, too. A wrong ID of a store is refused before anything is sent;
// TypeScript wants to know before that, by the guard isStoreId.
const { imports } = createMemoryClient().store(process.env.MEMORY_STORE_ID);
const job = imports.run(file, { mapping });

for await (const event of job) {
  show(event.type === "uploading" ? bar(event.loaded / event.total) : event.type);
}
const { importId, summary, hasFailedRows } = await job;
console.log(`\n${importId}: ${summary.errors} rows failed, ${summary.warnings} were applied in part.`);
if (hasFailedRows) process.exitCode = 3; // as the command memory does

function bar(fraction) {
  return `[${"#".repeat(fraction * 40).padEnd(40, "-")}]`;
}

function show(text) {
  process.stdout.write(process.stdout.isTTY ? `\r${text}\x1b[K` : `${text}\n`);
}
