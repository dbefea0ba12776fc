import { readFile } from "node:fs/promises";
import twilio from "twilio";

const {
  TWILIO_API_KEY,
  TWILIO_API_SECRET,
  TWILIO_ACCOUNT_SID: accountSid = "",
} = process.env;
const { memory } = twilio(TWILIO_API_KEY, TWILIO_API_SECRET, { accountSid });

const file = await readFile("contacts.csv");
const { importId, url } = await memory.v1
  .imports("mem_store_00000000000000000000000000")
  .create({
    filename: "contacts.csv",
    fileSize: file.byteLength,
    columnMappings: [
      { columnName: "email", traitGroup: "Contact", traitName: "email" },
      { columnName: "phone", traitGroup: "Contact", traitName: "phone" },
    ],
  });
// The SDK does not upload files.
const { ok, status } = await fetch(String(url), {
  method: "PUT",
  headers: { "Content-Type": "text/csv" },
  body: file,
});
console.log(
  ok ? `Uploaded the file of ${importId}.` : `Upload failed: ${status}`,
);
