import twilio from "twilio";

const {
  TWILIO_API_KEY,
  TWILIO_API_SECRET,
  TWILIO_ACCOUNT_SID: accountSid = "",
} = process.env;
const { memory } = twilio(TWILIO_API_KEY, TWILIO_API_SECRET, { accountSid });

// For a merged profile, the SDK rejects. Its error does not contain the canonical ID.
const { message } = await memory.v1
  .profiles(
    "mem_store_00000000000000000000000000",
    "mem_profile_01kkhqytkhfm3ssd012pnn7m4p",
  )
  .patch({ traits: { Contact: { city: "Oakland", phone: null } } });
console.log(message);
