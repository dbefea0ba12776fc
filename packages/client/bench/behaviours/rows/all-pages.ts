import { towardsService } from "../behaviour.ts";
import { told } from "../callers/ending.ts";
import { askedToken, PAGE_SIZE, page } from "../service/pages.ts";
import { times } from "../times.ts";

const COUNT = 120;

export const allPages = towardsService(
  `A list of ${COUNT} profiles, ${PAGE_SIZE} on a page`,
  ({ target }) => {
    const first = Number(askedToken(target));
    const next = first + PAGE_SIZE;
    return next < COUNT ? page(first, PAGE_SIZE, String(next)) : page(first, COUNT - first);
  },
  async ({ lists }, { requests }) => {
    const did: string[] = [];
    for (const [name, list] of Object.entries(lists)) {
      const before = requests.length;
      const ending = await list();
      const outcome = ending.how === "gives" ? `gives ${new Set(Object(ending.value)).size}` : told(ending);
      did.push(`\`${name}\` asks ${times(requests.length - before)} and ${outcome}`);
    }
    return did.join(", ");
  },
);
