import { towardsService } from "../behaviour.ts";
import { told } from "../callers/ending.ts";
import { refused, storeId } from "../service/answers.ts";

/** Of a path with them, the first leads up, the second further down. */
const IDS = ["..", "a/b"];

export const pathInAnId = towardsService(
  `GET of the profile ${IDS.map((id) => `\`${id}\``).join(" or ")}`,
  () => refused(404),
  async (caller, { requests }) => {
    const did: string[] = [];
    for (const id of IDS) {
      const before = requests.length;
      const outcome = told(await caller.fetchProfile(id));
      const asked = requests[before]?.target.replace(storeId, "{storeId}");
      did.push(`\`${id}\` ${asked === undefined ? `sends nothing and ${outcome}` : `asks for \`${asked}\``}`);
    }
    return did.join(", ");
  },
);
