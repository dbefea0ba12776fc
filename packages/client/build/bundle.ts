// Writes the JavaScript of the package: one file for each way in, since Node.js takes about half a millisecond for every file that an
// import reads. The types beside it are written by tsc, file by file.
import { rm } from "node:fs/promises";
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
  // The values of @memory-api/types are small, and two more files to read otherwise.
  external: ["node:*", "openapi-fetch", "undici", "@opentelemetry/api"],
  mainFields: ["module", "main"],
});
