import twilio from "twilio";

const {
  TWILIO_API_KEY,
  TWILIO_API_SECRET,
  TWILIO_ACCOUNT_SID: accountSid = "",
} = process.env;
const { memory } = twilio(TWILIO_API_KEY, TWILIO_API_SECRET, { accountSid });

// The SDK reads the first page only.
const ids = await memory.v1
  .profiles("mem_store_00000000000000000000000000")
  .list({ pageSize: 100, limit: 100 });
for (const id of ids) console.log(id);
