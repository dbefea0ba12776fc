import { towardsService } from "../behaviour.ts";
import { told } from "../callers/ending.ts";
import { askedToken, PAGE_SIZE, page } from "../service/pages.ts";
import { times } from "../times.ts";

/** Where the service has mercy, and ends the list. */
const LAST = 20;

export const repeatedPageToken = towardsService(
  `Each page of a list names the same next page, until the ${LAST}th`,
  (_, all) => {
    const begun = all.findLastIndex(({ target }) => askedToken(target) === null);
    return page(0, PAGE_SIZE, all.length - begun < LAST ? "again" : undefined);
  },
  async ({ lists }, { requests }) => {
    const did: string[] = [];
    for (const [name, list] of Object.entries(lists)) {
      const before = requests.length;
      const ending = await list();
      did.push(`\`${name}\` asks ${times(requests.length - before)} and ${told(ending)}`);
    }
    return did.join(", ");
  },
);
