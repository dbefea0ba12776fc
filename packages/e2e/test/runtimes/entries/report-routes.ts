// Entry for Node.js. Makes calls to URLs with each transport, and prints whether they went through the proxy. The first argument contains
// the settings, and the others are the URLs.
import { type ClientOptions, createMemoryClient } from "@memory-api/client";
import type { SandboxSettings } from "../suite/check.ts";

const [, , settings = "", ...urls] = process.argv;
const { storeId, credentials }: SandboxSettings = JSON.parse(settings);

async function routesOf(transport: ClientOptions): Promise<string[]> {
  const routes: string[] = [];
  for (const baseUrl of urls) {
    const { operations } = createMemoryClient({ baseUrl, credentials, retry: false, ...transport });
    const { headers } = await operations.listProfiles({ path: { storeId } }).withResponse();
    routes.push(headers.get("Via") === null ? "direct" : "proxy");
  }
  return routes;
}

const routes: Record<string, string[]> = {
  auto: await routesOf({}),
  fetch: await routesOf({ transport: "fetch" }),
  "node-http": await routesOf({ transport: "node-http" }),
};
// Imported only now, because undici sets a global dispatcher.
const { EnvHttpProxyAgent } = await import("undici");
const { undiciFetch } = await import("@memory-api/client/undici");
routes["undiciFetch()"] = await routesOf({ fetch: undiciFetch() });
const dispatcher = new EnvHttpProxyAgent();
routes["undiciFetch({ dispatcher: new EnvHttpProxyAgent() })"] = await routesOf({ fetch: undiciFetch({ dispatcher }) });
console.log(JSON.stringify(routes));
