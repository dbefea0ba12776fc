/** What `memory-conformance --help` prints. */
export const HELP = `Usage: memory-conformance <base-url> --store <storeId> [options]   tests an implementation
       memory-conformance explain [<code>]                          explains a check, or lists all

Tests whether an implementation of the Memory API keeps its contract. A run writes many profiles, and sends requests
that are meant to cause errors: use a store that has no data of value.

Access:
  --store <storeId>            store to test
  --user <username>            user name of its account (default: $MEMORY_USER)
  --password-env <name>        environment variable that contains the password (default: MEMORY_PASSWORD)
  --other-store <storeId>      store of another account, for the checks that need one
  --other-user <username>      user name of the other account (default: $MEMORY_OTHER_USER)
  --other-password-env <name>  environment variable that contains its password (default: MEMORY_OTHER_PASSWORD)
  --i-own-this-target          allows a target that is not on this machine

What is tested:
  --profile <profile>          quick (under a minute), full or soak (default: quick)
  --only <name>[,<name>…]      run only these phases or scenarios, or those whose names begin so; repeatable
  --skip <name>[,<name>…]      do not run these; repeatable
  --read-only                  send no request that changes the store
  --seed <number>              chooses values and their order (default: random)
  --run-id <text>              part of every identity; needed only to repeat a run exactly (default: random)
  --max-requests <number>      send at most so many requests
  --rate <number>              send at most so many requests a second

What the implementation has and promises:
  --traits <file>              the traits that the store declares, in YAML or JSON: <group>: { <trait>: { dataType } }
                               (default: those of the default store in the contract)
  --eventual-within <time>     an accepted write is visible after this time, such as 500ms or 5s (default: 5s)
  --import-within <time>       a small file is imported after this time (default: 1m)
  --immediate                  an accepted write is visible at once
  --sandbox                    the implementation has the control API of a sandbox at <base-url>/__sandbox

What fails the run, besides findings:
  --min-coverage <percent>     a lower coverage of the contract
  --expected-failures <file>   an expected failure that does not occur; those that occur do not fail the run

Output:
  --reporter <name>[=<file>]   terminal, junit, json, sarif, html or github; repeatable (default: terminal)
  -h, --help                   shows this help
  --version                    shows the version

No option accepts a password, because other users of the machine can read command lines.

Exit codes:
  0  The contract is kept
  1  Findings, an expected failure that did not occur, or a coverage that is too low
  2  The implementation could not be tested, for example because it cannot be reached or an option is invalid

Try it with a sandbox:
  npx memory-server --sandbox --ready-file ready.json
  npx @memory-api/conformance http://127.0.0.1:4010 --store mem_store_00000000000000000000000000 --sandbox --immediate`;
