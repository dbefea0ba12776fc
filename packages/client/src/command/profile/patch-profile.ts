import { parseArgs } from "node:util";
import { createProfiles } from "../../profiles/profiles.ts";
import { checkedId } from "../arguments/checked-id.ts";
import { onePositional } from "../arguments/one-positional.ts";
import { ASSIGNMENT_OPTIONS, assignedTraits, assignments } from "../arguments/trait-assignments.ts";
import { UsageError } from "../arguments/usage-error.ts";
import { EXIT } from "../output/exit-code.ts";
import { print } from "../output/print.ts";
import { printable } from "../output/printable.ts";
import { openStore } from "../store/open-store.ts";
import { SHARED_OPTIONS } from "../store/shared-options.ts";

/** Changes traits of a profile. */
export async function patchProfile(given: readonly string[], signal: AbortSignal): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...given],
    allowPositionals: true,
    options: {
      ...SHARED_OPTIONS,
      ...ASSIGNMENT_OPTIONS,
      unset: { type: "string", multiple: true },
      "follow-moved": { type: "boolean" },
    },
  });
  const profileId = checkedId("ProfileId", onePositional(positionals, "memory profile patch <id>"), "The ID");
  const removed = (values.unset ?? []).map((target) => [target, null] as const);
  const changes = [...assignments(values.set, values["set-json"]), ...removed];
  if (changes.length === 0) {
    throw new UsageError("Say what changes: --set Group.trait=value, --set-json Group.trait=5, --unset Group.trait.");
  }
  const traits = assignedTraits(changes);
  const { connection, storeId } = await openStore(values);
  const options = { signal, followMoved: values["follow-moved"] };
  const patched = await createProfiles(connection, storeId).patch(profileId, { traits }, options);
  await print(values.json ? JSON.stringify(patched) : printable(patched.message), signal);
  return EXIT.done;
}
