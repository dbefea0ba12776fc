// In a program of Node.js: makes three calls, and prints what Node.js tells of how each was sent, and whether the first loaded `fetch`.
const { subscribe } = require("node:diagnostics_channel");
const { createMemoryClient } = require("@memory-api/client");

const { credentials, baseUrl, storeId } = JSON.parse(process.argv[2]);
const { operations } = createMemoryClient({ credentials, baseUrl });

const told = [];
subscribe("http.client.request.start", () => told.push("node:http"));
subscribe("undici:request:create", () => told.push("fetch"));

async function toldOfACall() {
  told.length = 0;
  await operations.listProfiles({ path: { storeId } });
  return [...told];
}

async function main() {
  const first = await toldOfACall();
  const loadsFetch = Symbol.for("undici.globalDispatcher.1") in globalThis;
  const platform = globalThis.fetch;
  await (await platform(baseUrl)).text();
  const afterFetch = await toldOfACall();
  globalThis.fetch = (...given) => platform(...given);
  console.log(JSON.stringify({ first, loadsFetch, afterFetch, withAnotherFetch: await toldOfACall() }));
}

main();
