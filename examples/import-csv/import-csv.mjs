// Imports people.csv, or the file that is passed as an argument, and shows the progress.
import { createMemoryClient } from "@memory-api/client";

const [file = "people.csv"] = process.argv.slice(2);
const mapping = {
  email: "Contact.email",
  first_name: "Contact.firstName",
  last_name: "Contact.lastName",
  city: "Contact.city",
};

// The client also reads the base URL and the credentials from the environment. If the store ID is malformed, the import fails
// before the client sends a request. TypeScript requires a check of the ID, for example with the guard isStoreId.
const { imports } = createMemoryClient().store(process.env.MEMORY_STORE_ID);
const job = imports.run(file, { mapping });

for await (const event of job) {
  show(event.type === "uploading" ? bar(event.loaded / event.total) : event.type);
}
const { importId, summary, hasFailedRows } = await job;
console.log(`\n${importId}: ${summary.errors} rows failed, ${summary.warnings} were partially applied.`);
if (hasFailedRows) process.exitCode = 3; // like the memory command

function bar(fraction) {
  return `[${"#".repeat(fraction * 40).padEnd(40, "-")}]`;
}

function show(text) {
  process.stdout.write(process.stdout.isTTY ? `\r${text}\x1b[K` : `${text}\n`);
}
