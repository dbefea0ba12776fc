// Writes the JavaScript of the package: one file for each entry point, because Node.js takes about half a millisecond for every
// file that an import reads. tsc writes one file of types for each module.
import { rm } from "node:fs/promises";
import { type BuildOptions, build } from "esbuild";
import { withoutNodeHttp } from "./without-node-http.ts";

const options = {
  outbase: "src",
  outdir: "dist",
  bundle: true,
  format: "esm",
  platform: "neutral",
  target: "es2022",
  charset: "utf8",
  // @memory-api/types is bundled: its values are small, and an import would read one more file.
  external: ["node:*", "openapi-fetch", "undici", "@opentelemetry/api"],
} satisfies BuildOptions;

await rm("dist", { recursive: true, force: true });
await build({
  ...options,
  entryPoints: [
    "src/index.ts",
    "src/openapi-fetch/index.ts",
    "src/transports/undici.ts",
    "src/observability/opentelemetry.ts",
    "src/command/cli.ts",
  ],
});
await build({
  ...options,
  entryPoints: ["src/index.ts", "src/openapi-fetch/index.ts"],
  outdir: "dist/web",
  plugins: [withoutNodeHttp],
});
