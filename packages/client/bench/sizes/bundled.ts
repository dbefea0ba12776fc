import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/** The output of a bundler. */
export interface Bundle {
  /** Minified and compressed by gzip. */
  readonly bytes: number;
  /** Paths of the bundled modules, relative to this package. */
  readonly modules: readonly string[];
}

const client = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Bundles and minifies a program that imports packages; this package is imported from its `dist`. undici and `@opentelemetry/api` are left
 * out, because an application that uses them has them anyway. openapi-fetch is included, because the openapi-fetch client is useless without it.
 *
 * @param platform `neutral` favors neither Node.js nor browsers
 */
export async function bundled(program: string, platform: "neutral" | "browser" | "node"): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: program, resolveDir: client },
    absWorkingDir: client,
    bundle: true,
    minify: true,
    format: "esm",
    platform,
    ...(platform === "neutral" && { mainFields: ["module", "main"] }),
    external: ["undici", "@opentelemetry/api", "node:*"],
    logLevel: "error",
    metafile: true,
    write: false,
  });
  const bytes = outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).length, 0);
  return { bytes, modules: Object.keys(metafile.inputs) };
}
