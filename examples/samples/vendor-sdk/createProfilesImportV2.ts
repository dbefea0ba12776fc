import twilio from "twilio";

const {
  TWILIO_API_KEY,
  TWILIO_API_SECRET,
  TWILIO_ACCOUNT_SID: accountSid = "",
} = process.env;
const { memory } = twilio(TWILIO_API_KEY, TWILIO_API_SECRET, { accountSid });

const { importId, url } = await memory.v1
  .imports("mem_store_00000000000000000000000000")
  .create({
    filename: "contacts.csv",
    fileSize: 204_800,
    columnMappings: [
      { columnName: "email", traitGroup: "Contact", traitName: "email" },
      { columnName: "phone", traitGroup: "Contact", traitName: "phone" },
    ],
  });
console.log(`Upload the file of ${importId} to ${url}`);
