/** What `memory-conformance --help` prints. */
export const HELP = `Usage: memory-conformance <base-url> --store <storeId> [options]   tests an implementation
       memory-conformance explain [<code>]                          explains a check, or lists all

Tests whether an implementation of the Memory API conforms to its contract. A run writes many profiles, and sends
requests that cause errors on purpose. Use a store without valuable data.

Access:
  --store <storeId>            store to test
  --user <username>            user name of the account of the store (default: $MEMORY_USER)
  --password-env <name>        environment variable with the password (default: MEMORY_PASSWORD)
  --other-store <storeId>      store of another account, for the checks that need a second one
  --other-user <username>      user name of the other account (default: $MEMORY_OTHER_USER)
  --other-password-env <name>  environment variable with its password (default: MEMORY_OTHER_PASSWORD)
  --i-own-this-target          allow a target that is not on this machine, and upload URLs of other hosts

What is tested:
  --profile <profile>          quick (about a minute), full (for CI) or soak (overnight) (default: quick)
  --only <name>[,<name>…]      run only these phases, and scenarios whose names begin with this; repeatable
  --skip <name>[,<name>…]      do not run these phases and scenarios; repeatable
  --read-only                  send only requests that do not change the store
  --seed <number>              chooses values and their order (default: random)
  --run-id <text>              part of every identifier; needed only to repeat a run exactly (default: random)
  --max-requests <number>      send at most this many requests
  --rate <number>              send at most this many requests per second

About the implementation:
  --traits <file>              the traits that the store declares, in YAML or JSON: <group>: { <trait>: { dataType } }
                               (default: those of the default store in the contract)
  --eventual-within <time>     an accepted write is visible within this time, such as 500ms or 5s (default: 5s)
  --import-within <time>       a small file is imported within this time (default: 1m)
  --immediate                  an accepted write is visible immediately
  --sandbox                    the implementation has the control API of a sandbox at <base-url>/__sandbox

What fails the run:
  --min-coverage <percent>     fail if the coverage of the contract is lower (default: 0)
  --expected-failures <file>   findings that do not fail the run; it fails if one of them does not occur

Output:
  --reporter <name>[=<file>]   terminal, junit, json, sarif, html or github; repeatable (default: terminal)
  -h, --help                   show this help
  --version                    show the version

There is no option for a password, because other users of a machine can read command lines.

Exit codes:
  0  No violations found in what was tested
  1  Findings, an expected failure that did not occur, or a coverage below the minimum
  2  The implementation could not be tested, for example because it cannot be reached or an option is invalid

Try it with a sandbox. In a second terminal, use the apiKey and apiSecret that ready.json contains:
  npx memory-server --sandbox --ready-file ready.json
  export MEMORY_USER=<apiKey> MEMORY_PASSWORD=<apiSecret>
  npx @memory-api/conformance http://127.0.0.1:4010 --store mem_store_00000000000000000000000000 --sandbox --immediate`;
