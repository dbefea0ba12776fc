// Makes a client and a store in a process where nothing of the platform may be touched: whatever JavaScript itself does not have
// throws. Run by itself, with the module to import before that.
import { runInNewContext } from "node:vm";

/** Node.js has them ready when it starts. Much of the rest it loads for the first who looks at it, some of it in 30 to 90 ms. */
const READY = ["process", "TextEncoder", "btoa"];

const [, , module = "data:text/javascript,"] = process.argv;
const language = new Set<string>(runInNewContext("Object.getOwnPropertyNames(globalThis)"));
const platform = [...Object.getOwnPropertyNames(globalThis), "XMLHttpRequest"].filter(
  (name) => !language.has(name) && !READY.includes(name),
);
// All are loaded before the first is replaced, since they load each other.
for (const name of platform) Reflect.get(globalThis, name);
for (const name of platform) {
  Object.defineProperty(globalThis, name, {
    get() {
      throw new Error(`${name} was touched.`);
    },
  });
}

await import(module);
const { createMemoryClient } = await import("@memory-api/client");
const memory = createMemoryClient({ credentials: { apiKey: "SK0", apiSecret: "secret" } });
memory.store("mem_store_00000000000000000000000000");
process.stdout.write(JSON.stringify(platform));
