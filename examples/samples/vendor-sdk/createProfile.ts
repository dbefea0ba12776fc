import twilio from "twilio";

const {
  TWILIO_API_KEY,
  TWILIO_API_SECRET,
  TWILIO_ACCOUNT_SID: accountSid = "",
} = process.env;
const { memory } = twilio(TWILIO_API_KEY, TWILIO_API_SECRET, { accountSid });

const profile = await memory.v1
  .profiles("mem_store_00000000000000000000000000")
  .create({
    traits: {
      Contact: {
        email: "ada.reyes@example.com",
        phone: "+14155550123",
        firstName: "Ada",
      },
    },
  });
console.log(`Ada has the profile ${profile.id}.`);
