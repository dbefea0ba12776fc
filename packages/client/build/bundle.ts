// Writes the JavaScript of the package: one file for each way in, since Node.js takes about half a millisecond for every file that an
// import reads. The types beside it are written by tsc, file by file.
import { cp, rm } from "node:fs/promises";
import { findPackageJSON } from "node:module";
import { dirname, join } from "node:path";
import { build } from "esbuild";

await rm("dist", { recursive: true, force: true });
await build({
  entryPoints: ["src/index.ts", "src/transports/undici.ts", "src/observability/opentelemetry.ts", "src/command/cli.ts"],
  outbase: "src",
  outdir: "dist",
  bundle: true,
  format: "esm",
  platform: "neutral",
  target: "es2022",
  charset: "utf8",
  // What is taken of @memory-api/types and openapi-fetch is small, and three more files to read otherwise.
  external: ["node:*", "undici", "@opentelemetry/api"],
  mainFields: ["module", "main"],
});

const manifest = findPackageJSON("openapi-fetch", import.meta.url);
if (manifest === undefined) throw new Error("The package openapi-fetch is not installed.");
await cp(join(dirname(manifest), "LICENSE"), "dist/openapi-fetch.LICENSE");
