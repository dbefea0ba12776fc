import twilio from "twilio";

const {
  TWILIO_API_KEY,
  TWILIO_API_SECRET,
  TWILIO_ACCOUNT_SID: accountSid = "",
} = process.env;
const { memory } = twilio(TWILIO_API_KEY, TWILIO_API_SECRET, { accountSid });

// A request contains up to 1000 profiles. The service accepts all or none.
const { message } = await memory.v1
  .bulk("mem_store_00000000000000000000000000")
  .update({
    profiles: [
      { traits: { Contact: { email: "ada@example.com", city: "Oakland" } } },
      { traits: { Contact: { phone: "+442079460018", firstName: "Jonas" } } },
    ],
  });
console.log(message);
