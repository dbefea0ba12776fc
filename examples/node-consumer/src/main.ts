import { createMemoryClient } from "@memory-api/client";
import { settingsFrom } from "./settings.js";
import { syncContacts } from "./sync-contacts.js";

const { storeId, client } = settingsFrom(process.env);
await syncContacts(createMemoryClient(client), {
  storeId,
  log: console.log,
  // The mock returns an example URL with port 4010, even if it listens on another port.
  uploadUrl: (url) => url.replace("http://127.0.0.1:4010", client.baseUrl),
});
