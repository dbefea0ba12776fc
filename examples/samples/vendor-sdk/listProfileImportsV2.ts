import twilio from "twilio";

const {
  TWILIO_API_KEY,
  TWILIO_API_SECRET,
  TWILIO_ACCOUNT_SID: accountSid = "",
} = process.env;
const { memory } = twilio(TWILIO_API_KEY, TWILIO_API_SECRET, { accountSid });

const ids = await memory.v1
  .imports("mem_store_00000000000000000000000000")
  .list({ limit: 10 });
for (const id of ids) console.log(id);
