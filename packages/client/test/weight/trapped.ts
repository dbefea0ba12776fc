// Preloaded before a program by `node --import`: when the process exits, it prints which globals of the platform the program touched.
// Globals of the JavaScript language are not watched.
import { runInNewContext } from "node:vm";

/** Node.js loads them at startup. It loads many others on first use, some of which take 30 to 90 ms. */
const READY = ["process", "TextEncoder", "btoa"];

const language = new Set<string>(runInNewContext("Object.getOwnPropertyNames(globalThis)"));
const platform = [...Object.getOwnPropertyNames(globalThis), "XMLHttpRequest"].filter(
  (name) => !language.has(name) && !READY.includes(name),
);
// All are read before the first is replaced, since they load each other.
const values = new Map(platform.map((name) => [name, Reflect.get(globalThis, name)]));
const touched = new Set<string>();
for (const [name, value] of values) {
  Object.defineProperty(globalThis, name, {
    get() {
      touched.add(name);
      return value;
    },
  });
}

const { stdout } = process;
process.on("exit", () => stdout.write(JSON.stringify([...touched].sort())));
