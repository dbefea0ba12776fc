import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/**
 * Delays the loading of a package until it is needed, because only some requests need it and it would slow down every start.
 *
 * @returns a function that loads the package once
 */
export function loadWhenNeeded<Package>(name: string): () => Package {
  let loaded: Package | undefined;
  return () => {
    loaded ??= require(name) as Package;
    return loaded;
  };
}
