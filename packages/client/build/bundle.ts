// Writes the JavaScript of the package: one file for each entry point, since Node.js takes about half a millisecond for every file
// that an import reads. tsc writes the types beside it, file by file.
import { rm } from "node:fs/promises";
import { type BuildOptions, build, type Plugin } from "esbuild";

const options = {
  outbase: "src",
  outdir: "dist",
  bundle: true,
  format: "esm",
  platform: "neutral",
  target: "es2022",
  charset: "utf8",
  // The values of @memory-api/types are small, and would be one more file to read.
  external: ["node:*", "openapi-fetch", "undici", "@opentelemetry/api"],
} satisfies BuildOptions;

/** Leaves out the transport over `node:http`, which other platforms do not have. */
const withoutNodeHttp: Plugin = {
  name: "without-node-http",
  setup({ onLoad }) {
    onLoad({ filter: /platform-fetch\.ts$/ }, () => ({
      contents: 'export { webTransport as platformTransport } from "./web-fetch.ts";',
      loader: "ts",
    }));
  },
};

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
