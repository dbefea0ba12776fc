// CommonJS program. Makes one call and prints its status. The first argument contains the settings.
const { createMemoryClient } = require("@memory-api/client");

const { credentials, baseUrl, storeId } = JSON.parse(process.argv[2]);
createMemoryClient({ credentials, baseUrl })
  .operations.listProfiles({ path: { storeId } })
  .withResponse()
  .then(({ status }) => console.log(status));
