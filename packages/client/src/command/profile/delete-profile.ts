import { parseArgs } from "node:util";
import { createProfiles } from "../../profiles/profiles.ts";
import { checkedId } from "../arguments/checked-id.ts";
import { onePositional } from "../arguments/one-positional.ts";
import { EXIT } from "../output/exit-code.ts";
import { print } from "../output/print.ts";
import { printable } from "../output/printable.ts";
import { openStore } from "../store/open-store.ts";
import { SHARED_OPTIONS } from "../store/shared-options.ts";

/** Deletes a profile for good. */
export async function deleteProfile(given: readonly string[], signal: AbortSignal): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...given],
    allowPositionals: true,
    options: { ...SHARED_OPTIONS, "follow-moved": { type: "boolean" } },
  });
  const profileId = checkedId("ProfileId", onePositional(positionals, "memory profile delete <id>"), "The ID");
  const { connection, storeId } = await openStore(values);
  const options = { signal, followMoved: values["follow-moved"] };
  const deleted = await createProfiles(connection, storeId).delete(profileId, options);
  await print(values.json ? JSON.stringify(deleted) : printable(deleted.message), signal);
  return EXIT.done;
}
