import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { type BuildOptions, build } from "esbuild";
import { withoutNodeHttp } from "../../build/without-node-http.ts";

/** The output of a bundler. */
export interface Bundle {
  /** Minified and compressed by gzip. */
  readonly bytes: number;
  /** Paths of the bundled modules, relative to this package. */
  readonly modules: readonly string[];
}

/** Bytes of each module in a bundle, minified and not compressed, by its path relative to this package. */
export type ModuleSizes = Readonly<Record<string, number>>;

const client = fileURLToPath(new URL("../..", import.meta.url));

const optionsFor = (program: string) =>
  ({
    stdin: { contents: program, resolveDir: client },
    absWorkingDir: client,
    bundle: true,
    minify: true,
    format: "esm",
    external: ["undici", "@opentelemetry/api", "node:*"],
    logLevel: "error",
    metafile: true,
    write: false,
  }) satisfies BuildOptions;

/**
 * Bundles and minifies a program that imports packages; this package is imported from its `dist`. undici and `@opentelemetry/api` are left
 * out, because an application that uses them has them anyway. openapi-fetch is included, because the openapi-fetch client is useless without it.
 *
 * @param platform `neutral` favors neither Node.js nor browsers
 */
export async function bundled(program: string, platform: "neutral" | "browser" | "node"): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    ...optionsFor(program),
    platform,
    ...(platform === "neutral" && { mainFields: ["module", "main"] }),
  });
  const bytes = outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).length, 0);
  return { bytes, modules: Object.keys(metafile.inputs) };
}

/** Returns the size of each module in the bundle of a program for a browser. `dist` has one file for all, so this bundles the sources. */
export async function moduleSizes(program: string): Promise<ModuleSizes> {
  const { metafile } = await build({
    ...optionsFor(program),
    platform: "browser",
    alias: {
      "@memory-api/client": "./src/index.ts",
      "@memory-api/client/openapi-fetch": "./src/openapi-fetch/index.ts",
      "@memory-api/client/undici": "./src/transports/undici.ts",
      "@memory-api/client/opentelemetry": "./src/observability/opentelemetry.ts",
    },
    plugins: [withoutNodeHttp],
    // Like in `dist`, a statement with a side effect is kept even if nothing else of its module is used.
    ignoreAnnotations: true,
  });
  const sizes = Object.values(metafile.outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([path, { bytesInOutput }]) => path !== "<stdin>" && bytesInOutput > 0)
    .map(([path, { bytesInOutput }]): [string, number] => [path, bytesInOutput]);
  return Object.fromEntries(sizes.sort(([one], [other]) => (one < other ? -1 : 1)));
}
