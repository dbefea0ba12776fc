import twilio from "twilio";

const {
  TWILIO_API_KEY,
  TWILIO_API_SECRET,
  TWILIO_ACCOUNT_SID: accountSid = "",
} = process.env;
const { memory } = twilio(TWILIO_API_KEY, TWILIO_API_SECRET, { accountSid });

const { status, summary } = await memory.v1
  .imports(
    "mem_store_00000000000000000000000000",
    "mem_import_01kkbk0tfteqn89st3b7v4f5y8",
  )
  .fetch();
console.log(`The import is ${status}.`);
if (summary) console.log(`${summary.errors} rows failed.`);
