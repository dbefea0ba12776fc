import type { StoreId } from "@memory-api/types";
import * as bounds from "@memory-api/types/bounds";
import type { Connection } from "../../connection/connection.ts";
import { type ListOptions, listProfileIds, type ProfilePage } from "../../profiles/profile-list.ts";

const LARGEST_PAGE = bounds.PageSize.maximum;

/**
 * Pages of IDs, as large as can be.
 *
 * @param limit how many IDs at most; the last page then ends exactly there, so that its token leads to the next one
 */
export async function* readPages(
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
