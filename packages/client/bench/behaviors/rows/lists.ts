import type { ProfileId, ResponseOf } from "@memory-api/types";
import { behaviorWith, requestCount } from "../behavior.ts";
import { type Caller, inWords } from "../callers/caller.ts";
import type { Service, ServiceResponse } from "../scripted-service.ts";

const PAGE_SIZE = 50;
const COUNT = 120;

/** The request whose page has no next token, so that the list ends. */
const LAST_REQUEST = 20;

export const allPages = behaviorWith(
  ({ target }) => {
    const first = Number(pageToken(target));
    const next = first + PAGE_SIZE;
    return next < COUNT ? page(first, PAGE_SIZE, String(next)) : page(first, COUNT - first);
  },
  `A list of ${COUNT} profiles, ${PAGE_SIZE} on a page`,
  (caller, service) => readLists(caller, service, (ids) => `returns ${new Set(ids).size} IDs`),
);

export const repeatedPageToken = behaviorWith(
  (_, all) => {
    const firstPage = all.findLastIndex(({ target }) => pageToken(target) === null);
    return page(0, PAGE_SIZE, all.length - firstPage < LAST_REQUEST ? "again" : undefined);
  },
  `Each page of a list has the same next token, until the ${LAST_REQUEST}th`,
  (caller, service) => readLists(caller, service, () => "succeeds"),
);

async function readLists(
  { lists }: Caller,
  { requests }: Service,
  describeSuccess: (ids: Iterable<unknown>) => string,
): Promise<string> {
  const observed: string[] = [];
  for (const [name, list] of Object.entries(lists)) {
    const before = requests.length;
    const outcome = await list();
    const result = outcome.kind === "value" ? describeSuccess(Object(outcome.value)) : inWords(outcome);
    observed.push(`\`${name}\` sends ${requestCount(requests.length - before)} and ${result}`);
  }
  return observed.join(", ");
}

function page(first: number, count: number, nextToken?: string): ServiceResponse {
  const profiles = Array.from({ length: count }, (_, index) => idAt(first + index));
  const body: ResponseOf<"listProfiles"> = {
    profiles,
    meta: { key: "profiles", pageSize: PAGE_SIZE, ...(nextToken !== undefined && { nextToken }) },
  };
  return { body };
}

function pageToken(target: string): string | null {
  return new URL(target, "http://localhost").searchParams.get("pageToken");
}

function idAt(index: number): ProfileId {
  return `mem_profile_${String(index).padStart(26, "0")}`;
}
