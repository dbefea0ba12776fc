// Entry for Node.js. Makes calls with each transport and each kind of global dispatcher, and prints what sent them. The first argument
// contains the settings, and the second one is the name under which undici is installed.
import { subscribe } from "node:diagnostics_channel";
import { readFileSync } from "node:fs";
import { createMemoryClient } from "@memory-api/client";
import type { Dispatcher } from "undici";
import type { NetworkSettings } from "../suite/check.ts";

const [, , settings = "", undiciName = ""] = process.argv;
const { baseUrl, httpsUrl, proxyUrl, identityFile, storeId, credentials }: NetworkSettings = JSON.parse(settings);

let sender: "dispatcher" | "fetch" | "node:http" | undefined;
let wasDispatched = false;
const recordDispatch = () => {
  wasDispatched = true;
};
subscribe("http.client.request.start", () => {
  sender = "node:http";
});
subscribe("undici:request:create", () => {
  sender = "fetch";
});

/** @param prepare called before each call */
async function sendersOf(prepare: () => void, url = baseUrl): Promise<object> {
  const senders: Record<string, typeof sender> = {};
  for (const transport of ["auto", "fetch", "node-http"] as const) {
    wasDispatched = false;
    prepare();
    const { operations } = createMemoryClient({ baseUrl: url, credentials, transport, retry: false });
    const { headers } = await operations.listProfiles({ path: { storeId } }).withResponse();
    const isMarked = headers.get("Via") !== null || headers.get("Client-Certificate") !== null;
    senders[transport] = wasDispatched || isMarked ? "dispatcher" : sender;
  }
  return senders;
}

// Before undici is loaded, because it sets a dispatcher.
const reports: Record<string, object> = { none: await sendersOf(() => {}) };

const undici: typeof import("undici") = await import(undiciName);
const { Agent, EnvHttpProxyAgent, MockAgent, Pool, ProxyAgent, setGlobalDispatcher } = undici;

function agentWithFactory(): Dispatcher {
  return new Agent({
    factory(origin, options) {
      recordDispatch();
      return new Pool(origin, options);
    },
  });
}

/** Has the name of its base class, like the class of Node.js. */
const DerivedAgent = class Agent extends undici.Agent {
  override dispatch(...args: Parameters<Dispatcher["dispatch"]>): boolean {
    recordDispatch();
    return super.dispatch(...args);
  }
};

function composedAgent(): Dispatcher {
  return new Agent().compose((dispatch) => (options, handler) => {
    recordDispatch();
    return dispatch(options, handler);
  });
}

function mockAgent(): Dispatcher {
  const agent = new MockAgent();
  agent.disableNetConnect();
  const pool = agent.get(baseUrl);
  pool.intercept({ path: /Profiles/ }).reply(200, () => {
    recordDispatch();
    return { profiles: [], meta: { key: "profiles", pageSize: 50 } };
  });
  return agent;
}

const identity = readFileSync(identityFile);
const kinds: [name: string, create: () => Dispatcher, url?: string][] = [
  ["Agent", () => new Agent()],
  ["Agent with a factory", agentWithFactory],
  ["Agent with a client certificate", () => new Agent({ connect: { cert: identity, key: identity } }), httpsUrl],
  ["derived class", () => new DerivedAgent()],
  ["composed Agent", composedAgent],
  ["MockAgent", mockAgent],
  ["ProxyAgent", () => new ProxyAgent(proxyUrl)],
  ["EnvHttpProxyAgent", () => new EnvHttpProxyAgent()],
];
for (const [name, create, url] of kinds) {
  reports[name] = await sendersOf(() => setGlobalDispatcher(create()), url);
}
console.log(JSON.stringify(reports));
