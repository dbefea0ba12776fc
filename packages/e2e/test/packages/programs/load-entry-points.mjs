// Loads entry points and prints what happened: a JSON object with "loaded" or an error for each name. The first argument is
// "import" or "require", the second one a JSON array of entry points.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const [, , mode, entryPoints] = process.argv;
const require = createRequire(import.meta.url);

function resolve(specifier) {
  return mode === "require" ? require.resolve(specifier) : fileURLToPath(import.meta.resolve(specifier));
}

async function load({ kind, specifier }) {
  if (kind === "yaml") return readFileSync(resolve(specifier), "utf8");
  if (mode === "require") return require(specifier);
  return kind === "json" ? import(specifier, { with: { type: "json" } }) : import(specifier);
}

const results = {};
for (const entryPoint of JSON.parse(entryPoints)) {
  try {
    const { length } = Object.keys(await load(entryPoint));
    results[entryPoint.name] = length > 0 || entryPoint.kind === "types" ? "loaded" : "has no exports";
  } catch (error) {
    results[entryPoint.name] = String(error);
  }
}
console.log(JSON.stringify(results));
// A package must not keep the process alive only because it was loaded.
