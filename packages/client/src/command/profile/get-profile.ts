import { parseArgs } from "node:util";
import { fetchCanonicalProfile } from "../../profiles/canonical-profile.ts";
import { checkedId } from "../arguments/checked-id.ts";
import { onePositional } from "../arguments/one-positional.ts";
import { EXIT } from "../output/exit-code.ts";
import { print } from "../output/print.ts";
import { openStore } from "../store/open-store.ts";
import { SHARED_OPTIONS } from "../store/shared-options.ts";
import { profileLines } from "./profile-lines.ts";

/** Prints a profile, or the one that it was merged into. */
export async function getProfile(given: readonly string[], signal: AbortSignal): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...given],
    allowPositionals: true,
    options: { ...SHARED_OPTIONS, groups: { type: "string" } },
  });
  const profileId = checkedId("ProfileId", onePositional(positionals, "memory profile get <id>"), "The ID");
  const { connection, storeId } = await openStore(values);
  const traitGroups = values.groups?.split(",");
  const profile = await fetchCanonicalProfile(connection, storeId, profileId, { traitGroups, signal });
  if (values.json) await print(JSON.stringify(profile), signal);
  else for (const line of profileLines(profile)) await print(line, signal);
  return EXIT.done;
}
