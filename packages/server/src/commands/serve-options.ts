import { parseArgs } from "node:util";

/** What `memory-server --help` prints. */
export const HELP = `Usage: memory-server [options]                   runs the server
       memory-server init [file]                 writes an example of a configuration (default: memory.yaml)
       memory-server check [--config <file>]     says what is wrong with a configuration
       memory-server migrate [--config <file>]   prepares a PostgreSQL database, or brings it up to date

  --config <file>         configuration, YAML or JSON (default: $MEMORY_CONFIG; $MEMORY_CONFIGURATION holds one itself)
  --host <address>        address to listen on (default: $MEMORY_HOST, or 127.0.0.1)
  --port <number>         port to listen on; 0 takes a free one (default: $PORT, or 4010)
  --data <folder>         folder of the embedded database (default: $MEMORY_DATA, or memory-data)
  --log-level <level>     debug, info, warn, error or silent (default: $MEMORY_LOG_LEVEL, or info; warn in a sandbox)
  --sandbox               control API, seeded IDs, a clock that can be moved
  --allow-public-sandbox  let others than this machine reach the sandbox, and so control it
  --ready-file <file>     written once the server answers, removed when it ends: JSON with url, storeId, and, where the
                          server made its credential itself, apiKey and apiSecret
  --help                  print this

Also read: $DATABASE_URL, $MEMORY_PUBLIC_URL, $MEMORY_ERROR_DOCS_URL, $MEMORY_TRUSTED_PROXIES (with commas between them).`;

/** @throws {TypeError} if there is an option that the server does not know */
export function parseServeOptions(given: readonly string[]) {
  const { values } = parseArgs({
    args: [...given],
    options: {
      config: { type: "string" },
      host: { type: "string" },
      port: { type: "string" },
      data: { type: "string" },
      "log-level": { type: "string" },
      sandbox: { type: "boolean" },
      "allow-public-sandbox": { type: "boolean" },
      "ready-file": { type: "string" },
      help: { type: "boolean" },
    },
  });
  return values;
}
