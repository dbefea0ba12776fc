import { behaviorWith } from "../behavior.ts";
import { inWords } from "../callers/caller.ts";
import { rejected, storeId } from "../scripted-service.ts";

/** In a path, the first leads to the parent, the second to a child. */
const IDS = ["..", "a/b"];

export const pathInAnId = behaviorWith(
  () => rejected(404),
  `GET of the profile ${IDS.map((id) => `\`${id}\``).join(" or ")}`,
  async (caller, { requests }) => {
    const observed: string[] = [];
    for (const id of IDS) {
      const before = requests.length;
      const outcome = inWords(await caller.fetchProfile(id));
      const requested = requests[before]?.target.replace(storeId, "{storeId}");
      const effect = requested === undefined ? `sends nothing and ${outcome}` : `requests \`${requested}\``;
      observed.push(`\`${id}\` ${effect}`);
    }
    return observed.join(", ");
  },
);
