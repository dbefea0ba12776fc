/** What `memory-server --help` prints. */
const HELP = `Usage: memory-server [options]                   starts the server
       memory-server init [file]                 writes an example configuration (default: memory.yaml)
       memory-server check [--config <file>] [--connect]
                                                 checks a configuration without starting the server; with --connect,
                                                 also the PostgreSQL database
       memory-server hash [--generate]           prints the SHA-256 hash of a secret that it reads from standard input
                                                 or generates
       memory-server migrate [--config <file>]   creates or updates the tables of a PostgreSQL database
           --distribute citus    also distributes the tables over the nodes of a Citus cluster, by store
           --shard-count <n>     number of shards when they are first distributed (default: 32)
       memory-server imports <action>            lists, shows, cancels or retries imports
       memory-server stores list                 lists the stores, also those that are no longer configured
       memory-server backup <folder>             copies the embedded database and the uploaded files
       memory-server restore <folder>            fills an empty data folder from a backup
       memory-server verify                      checks that the stored data is consistent

Run memory-server <command> --help for the options and exit codes of the last five.

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

const STORAGE_OPTIONS = `  --config <file>    configuration of the server, which names the database and the stores
  --data <folder>    folder of the embedded database
  --json             prints one JSON object per line`;

const EXIT_CODES = `Exit codes:
  0  done
  1  failed, and changed nothing`;

/** What `--help` prints after the name of a command. Commands without an entry print the help of all. */
const COMMAND_HELP: Readonly<Record<string, string>> = {
  imports: `Usage: memory-server imports list               lists imports, the newest of each store first
       memory-server imports show <import ID>   shows an import and its progress
       memory-server imports cancel <import ID> ends an import: it becomes FAILED, and its rows so far are kept
       memory-server imports retry <import ID>  makes a PROCESSING import due at once, as if it had never failed

On PostgreSQL, servers can run at the same time. A data folder belongs to one process: stop its server before you cancel or
retry an import.

Options:
${STORAGE_OPTIONS}
  --store <ID>       only imports of this store
  --status <status>  with list: PENDING, PROCESSING, COMPLETED or FAILED
  --limit <number>   with list: maximum number of imports (default: 100)

${EXIT_CODES}`,

  stores: `Usage: memory-server stores list   lists the stores with their profiles and imports

The list contains the stores of the configuration, and those of which the database still has data. Counts end at 100,000.
Servers can run at the same time.

Options:
${STORAGE_OPTIONS}

${EXIT_CODES}`,

  backup: `Usage: memory-server backup <folder>   copies a data folder to a new folder, also while its server runs

The copy contains the embedded database, the files of imports that are PROCESSING, and the secrets that the server generated.
The folder appears once it is complete. For PostgreSQL, use the tools of the database.

Options:
${STORAGE_OPTIONS}

${EXIT_CODES}`,

  restore: `Usage: memory-server restore <folder>   fills the data folder from a backup

Checks every file of the backup first. The data folder must be empty, or not exist.

Options:
${STORAGE_OPTIONS}

${EXIT_CODES}`,

  verify: `Usage: memory-server verify   checks that the stored data is consistent, also while servers run

Prints a line for each violation, with its kind, its store and IDs, but no values. A warning is a violation that a change of
the configuration causes too. It changes nothing, and needs little memory. The imports that a sandbox seeds are violations.

Options:
${STORAGE_OPTIONS}
  --strict           treats warnings as violations

Exit codes:
  0  no violations
  1  violations
  2  the data could not be checked`,
};

/** Returns the help of a command, or of all of them. */
export function helpFor(command: string | undefined): string {
  return (command !== undefined && Object.hasOwn(COMMAND_HELP, command) ? COMMAND_HELP[command] : undefined) ?? HELP;
}
