/** What `memory --help` prints. */
export const HELP = `Usage: memory import <file.csv> --map column=Group.trait …   imports a CSV file, and waits for the end
       memory import --resume <importId>                       waits for an import that has its file
       memory profile get <id>                                 prints a profile, or the one it was merged into
       memory profile create --set Group.trait=value …         creates a profile, or updates the one that it is
       memory profile patch <id> --set Group.trait=value …     changes traits of a profile
       memory profile delete <id>                              deletes a profile for good
       memory profile list                                     prints the IDs of all profiles
       memory bulk <file.ndjson>                               sends profiles, one a line: {"traits":{"Contact":{…}}}

Where to:
  --store <id>            the store (default: that of the ready file, or $MEMORY_STORE_ID)
  --base-url <url>        the API (default: that of the ready file, $MEMORY_BASE_URL, or the live service)
  --ready-file <path>     what memory-server --ready-file writes: url, store and credentials

Credentials come from the ready file or from the environment, $TWILIO_API_KEY and $TWILIO_API_SECRET, or
$TWILIO_ACCOUNT_SID and $TWILIO_AUTH_TOKEN. No option takes them: others on the machine can read what is typed.

How:
  --map column=Group.trait   import: the trait of a column; once for each column, two at least
  --set Group.trait=value    create, patch: a trait as text; again for each trait
  --set-json Group.trait=5   create, patch: a trait as JSON: a number, a boolean, an array, a text
  --unset Group.trait        patch: removes a trait
  --traits <file.json>       create: the traits as JSON: {"Contact":{"email":"…"}}; - is standard input
  --groups a,b               get: these trait groups alone
  --follow-moved             patch, delete: of a profile that was merged, take the one it was merged into
  --limit <n>                list: how many IDs at most (default: all)
  --order ASC|DESC           list: oldest or newest first (default: DESC)
  --page-token <token>       list: where to go on
  --concurrency <n>          bulk: requests of up to 1000 profiles at a time (default: 1, which keeps their order)
  --start-at <n>             bulk: how many lines to leave out, to resume; - for a file is standard input
  --json                     JSON on standard output: a document, or one a line for each event of an import, each request of
                             a bulk, each page of a list; errors as JSON on standard error
  --help                     print this; --version alone: the version of the package

Exit codes: 0 done; 1 failed; 2 not understood, nothing was sent; 3 imported, but some rows failed; 130 interrupted.`;
