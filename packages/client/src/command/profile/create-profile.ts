import { parseArgs } from "node:util";
import type { Traits } from "@memory-api/types";
import { createProfile as create } from "../../generated/operations.ts";
import { noPositionals } from "../arguments/no-positionals.ts";
import { ASSIGNMENT_OPTIONS, assignedTraits, assignments } from "../arguments/trait-assignments.ts";
import { UsageError } from "../arguments/usage-error.ts";
import { EXIT } from "../output/exit-code.ts";
import { print } from "../output/print.ts";
import { openStore } from "../store/open-store.ts";
import { SHARED_OPTIONS } from "../store/shared-options.ts";
import { readTraits } from "./read-traits.ts";

/** Creates a profile, or updates the one that the traits belong to, and prints its ID. */
export async function createProfile(given: readonly string[], signal: AbortSignal): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...given],
    allowPositionals: true,
    options: {
      ...SHARED_OPTIONS,
      ...ASSIGNMENT_OPTIONS,
      traits: { type: "string" },
    },
  });
  noPositionals(positionals);
  const set = assignments(values.set, values["set-json"]);
  if ((values.traits === undefined) === (set.length === 0)) {
    throw new UsageError("Give the traits either by --set Group.trait=value and --set-json, or by --traits <file>.");
  }
  const { connection, storeId } = await openStore(values);
  const traits: Traits = values.traits === undefined ? assignedTraits(set) : await readTraits(values.traits, signal);
  const created = await create(connection, { path: { storeId }, body: { traits } }, { signal });
  await print(values.json ? JSON.stringify(created) : created.id, signal);
  return EXIT.done;
}
