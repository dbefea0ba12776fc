/** What `memory-server --help` prints. */
export const HELP = `Usage: memory-server [options]                   starts the server
       memory-server init [file]                 writes an example configuration (default: memory.yaml)
       memory-server check [--config <file>] [--connect]
                                                 checks a configuration without starting the server; with --connect,
                                                 also the PostgreSQL database
       memory-server hash [--generate]           prints the SHA-256 hash of a secret that it reads from standard input
                                                 or generates
       memory-server migrate [--config <file>]   creates or updates the tables of a PostgreSQL database
           --distribute citus    also distributes the tables over the nodes of a Citus cluster, by store
           --shard-count <n>     number of shards when they are first distributed (default: 32)

At SIGHUP, the server reloads its configuration.

Options:
  --config <file>         configuration file, in YAML or JSON (default: $MEMORY_CONFIG)
  --host <address>        address to listen on (default: $MEMORY_HOST, or 127.0.0.1)
  --port <number>         port to listen on; 0 selects a free port (default: $PORT, or 4010)
  --data <folder>         folder of the embedded database (default: $MEMORY_DATA, or memory-data)
  --log-level <level>     debug, info, warn, error or silent (default: $MEMORY_LOG_LEVEL, or info; warn in a sandbox)
  --sandbox               starts a sandbox, with a control API, seeded IDs and a clock that can be moved
  --allow-public-sandbox  allows a sandbox to listen beyond this machine; anyone who can reach it can control it
  --docs <folder>         folder of the documentation site, which a sandbox then serves under /docs
  --ready-file <file>     JSON file that exists while the server accepts requests. It contains url and storeId, and
                          apiKey and apiSecret if the server generated its credential.
  -h, --help              shows this help
  --version               shows the version

Other environment variables:
  MEMORY_CONFIGURATION    content of a configuration, instead of a file
  DATABASE_URL            URL of a PostgreSQL database
  MEMORY_PUBLIC_URL, MEMORY_ERROR_DOCS_URL
                          the settings publicUrl and errorDocsUrl
  MEMORY_TRUSTED_PROXIES  the setting trustedProxies, separated by commas`;
