// In a CommonJS program: makes one call, as the first argument says, and prints its status.
const { createMemoryClient } = require("@memory-api/client");

const { credentials, baseUrl, storeId } = JSON.parse(process.argv[2]);
createMemoryClient({ credentials, baseUrl })
  .operations.listProfiles({ path: { storeId } })
  .withResponse()
  .then(({ status }) => console.log(status));
