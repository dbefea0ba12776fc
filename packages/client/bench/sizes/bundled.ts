import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/** What a bundler makes of a program. */
export interface Bundle {
  /** Minified and compressed by gzip. */
  readonly bytes: number;
  /** Paths of the modules that it was made of, from the root of this package. */
  readonly modules: readonly string[];
}

const client = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Bundles and minifies a program that imports packages, ours from its `dist`. Peers of ours, which whoever wants them has anyway, stay
 * outside.
 *
 * @param platform `neutral` knows nothing of Node.js and of browsers
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
