// CommonJS program for Node.js. Makes three calls, and prints which transport sent each one, and whether the first one loaded
// `fetch`. The first argument contains the settings.
const { subscribe } = require("node:diagnostics_channel");
const { createMemoryClient } = require("@memory-api/client");

const { credentials, baseUrl, storeId } = JSON.parse(process.argv[2]);
const { operations } = createMemoryClient({ credentials, baseUrl });

const used = [];
subscribe("http.client.request.start", () => used.push("node:http"));
subscribe("undici:request:create", () => used.push("fetch"));

async function transportsOfCall() {
  used.length = 0;
  await operations.listProfiles({ path: { storeId } });
  return [...used];
}

async function main() {
  const first = await transportsOfCall();
  const loadsFetch = Symbol.for("undici.globalDispatcher.1") in globalThis;
  const originalFetch = globalThis.fetch;
  await (await originalFetch(baseUrl)).text();
  const afterFetch = await transportsOfCall();
  globalThis.fetch = (...args) => originalFetch(...args);
  console.log(JSON.stringify({ first, loadsFetch, afterFetch, withReplacedFetch: await transportsOfCall() }));
}

main();
