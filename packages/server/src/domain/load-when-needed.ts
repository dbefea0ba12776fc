import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/**
 * Puts off loading a package until something needs it: what a few requests need shall not delay every start.
 *
 * @returns a function that loads it, once
 */
export function loadWhenNeeded<Package>(name: string): () => Package {
  let loaded: Package | undefined;
  return () => {
    loaded ??= require(name) as Package;
    return loaded;
  };
}
