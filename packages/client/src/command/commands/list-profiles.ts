import { enums, type OrderBy, type StoreId } from "@memory-api/types";
import * as bounds from "@memory-api/types/bounds";
import type { Connection } from "../../connection/connection.ts";
import { type ListOptions, listProfileIds, type ProfilePage } from "../../profiles/profile-list.ts";
import { optionWords, shellLine } from "../arguments.ts";
import { EXIT, UsageError } from "../errors.ts";
import type { Invocation } from "../invocation.ts";
import { print, printable } from "../io/output.ts";
import { wholeNumber } from "../option-values.ts";

const LARGEST_PAGE = bounds.PageSize.maximum;

/** Prints the IDs of profiles, one per line; as JSON, one page per line. If a limit leaves some out, prints the command that continues. */
export async function listProfiles({ options, openStore, signal }: Invocation): Promise<number> {
  const orderBy = checkedOrder(options.order);
  const limit = wholeNumber("--limit", options.limit, 1);
  const { connection, storeId } = await openStore();

  let next: string | undefined;
  const listOptions = { orderBy, pageToken: options["page-token"], signal };
  for await (const page of readPages(connection, storeId, limit, listOptions)) {
    next = page.nextToken;
    if (options.json) await print(JSON.stringify(page), signal);
    else if (page.ids.length > 0) await print(page.ids.join("\n"), signal);
  }
  if (next !== undefined && !options.json) {
    const words = ["memory", "profile", "list", ...optionWords({ ...options, "page-token": next })];
    console.error(`More profiles follow. Continue with: ${printable(shellLine(words))}`);
  }
  return EXIT.done;
}

function checkedOrder(given: string | undefined): OrderBy | undefined {
  if (given === undefined) return undefined;
  const order = enums.OrderBy.find((each) => each === given);
  if (order === undefined) throw new UsageError(`--order must be ${enums.OrderBy.join(" or ")}.`);
  return order;
}

/**
 * Yields pages of IDs, as large as possible.
 *
 * @param limit the maximum number of IDs; the token of the last page then continues exactly there
 */
async function* readPages(
  connection: Connection,
  storeId: StoreId,
  limit: number | undefined,
  options: ListOptions,
): AsyncGenerator<ProfilePage, void> {
  if (limit === undefined) {
    yield* listProfileIds(connection, storeId, { ...options, pageSize: LARGEST_PAGE }).pages();
    return;
  }
  let { pageToken } = options;
  for (let left = limit; left > 0; ) {
    const pageSize = Math.min(left, LARGEST_PAGE);
    const page = await firstPage(listProfileIds(connection, storeId, { ...options, pageSize, pageToken }).pages());
    if (page === undefined) return;
    yield page;
    if (page.nextToken === undefined || page.ids.length === 0) return;
    left -= page.ids.length;
    pageToken = page.nextToken;
  }
}

async function firstPage(pages: AsyncIterable<ProfilePage>): Promise<ProfilePage | undefined> {
  for await (const page of pages) return page;
  return undefined;
}
