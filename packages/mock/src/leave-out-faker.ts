import Module, { createRequire } from "node:module";

/**
 * Replaces faker with an empty module, in this thread only. Prism needs faker only to generate random values, while the
 * mock responds with the examples of the contract. Loading the 2000 files of faker would take half of the startup time.
 */
export function leaveOutFaker(): void {
  const require = createRequire(import.meta.url);
  const file = createRequire(require.resolve("@stoplight/prism-http")).resolve("@faker-js/faker");
  require.cache[file] = Object.assign(new Module(file), { exports: { default: {} }, loaded: true });
}
