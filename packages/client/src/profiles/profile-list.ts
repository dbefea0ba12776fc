import type { ListProfilesResponse, OrderBy, PageToken, ProfileId, StoreId } from "@memory-api/types";
import type { CallOptions } from "../connection/client-options.ts";
import type { Connection } from "../connection/connection.ts";
import type { IdArgument } from "../connection/ids.ts";
import { RepeatedPageTokenError } from "../errors/repeated-page-token-error.ts";
import { listProfiles } from "../generated/operations.ts";
import { checkedWholeNumber } from "../resilience/checked-number.ts";

/** Selects the page size, the order and the first page. Time limits apply to each page. */
export interface ListOptions extends CallOptions {
  /**
   * The maximum number of IDs in a page, from 1 to 1000. The service may return fewer.
   *
   * @default 50
   */
  readonly pageSize?: number | undefined;
  /**
   * The order by creation time: oldest first (`ASC`) or newest first (`DESC`).
   *
   * @default "DESC"
   */
  readonly orderBy?: OrderBy | undefined;
  /**
   * The page to start with: the `nextToken` or `previousToken` of a page of the same store and order. `null` and the empty
   * string, such as the value of `?pageToken=` in a URL, mean the first page.
   *
   * @default the first page
   */
  readonly pageToken?: PageToken | null | undefined;
}

/** One page of a list. */
export interface ProfilePage {
  readonly ids: readonly ProfileId[];
  /** The maximum number of IDs in a page. */
  readonly pageSize: number;
  /** Token of the next page. It is valid in other processes, too. Absent on the last page. */
  readonly nextToken?: PageToken;
  /** Token of the previous page. Absent on the first page. */
  readonly previousToken?: PageToken;
}

/** The IDs of profiles. Creating a list sends nothing, and each read starts again at the page of `pageToken`. */
export interface ProfileList extends AsyncIterable<ProfileId> {
  /**
   * Reads one page, with its tokens, in one request: the page of `pageToken`, or the first one.
   *
   * @throws {MemoryApiError} 400 if the service did not issue `pageToken` for this store and order
   *
   * @example
   * const { searchParams } = new URL("https://www.example.com/customers?pageToken=");
   * const pageToken = searchParams.get("pageToken") ?? undefined;
   * const { ids, nextToken } = await profiles.list({ pageSize: 20, pageToken }).page();
   */
  page(): Promise<ProfilePage>;
  /** Reads the pages one by one, from the page of `pageToken` on. Keep the `nextToken` of a page to continue later. */
  pages(): AsyncIterable<ProfilePage>;
  /**
   * Reads the first IDs into an array.
   *
   * @param options `limit`: the maximum number of IDs. It is required, because a store can hold millions of profiles. `Infinity` reads
   * all of them, if they fit into memory
   * @throws {InvalidParameterError} if `limit` is missing, or neither a whole number, 0 or more, nor `Infinity`
   */
  toArray(options: { readonly limit: number }): Promise<ProfileId[]>;
}

const LIMIT_ADVICE =
  ", because a store can hold millions of profiles. Pass the maximum number of IDs, or Infinity to read all of them if they fit into memory.";

/**
 * Lists the IDs of the profiles of a store, except merged and deleted ones. Paging neither skips nor repeats a profile that existed when
 * it began.
 *
 * @throws {RepeatedPageTokenError} while the list is read, if the service returns the token of a page that was already read
 * @throws {MemoryApiError} while the list is read, if a response is not successful
 *
 * @example
 * for await (const profileId of listProfileIds(connection, storeId)) console.log(profileId);
 */
export function listProfileIds<Given extends string>(
  connection: Connection,
  storeId: IdArgument<StoreId, Given>,
  options?: ListOptions,
): ProfileList;
export function listProfileIds(connection: Connection, storeId: string, options: ListOptions = {}): ProfileList {
  const { pageSize, orderBy } = options;
  const query = { ...(pageSize !== undefined && { pageSize }), ...(orderBy && { orderBy }) };

  const requestPage = (pageToken: PageToken | null | undefined) =>
    listProfiles(connection, { path: { storeId }, query: { ...query, ...(pageToken && { pageToken }) } }, options);

  async function* pages(): AsyncGenerator<ProfilePage, void> {
    const seen = new Set<PageToken>();
    let { pageToken } = options;
    do {
      if (pageToken && seen.has(pageToken)) throw new RepeatedPageTokenError(pageToken);
      if (pageToken) seen.add(pageToken);
      const page = profilePage(await requestPage(pageToken));
      yield page;
      pageToken = page.nextToken;
    } while (pageToken);
  }

  async function* ids(): AsyncGenerator<ProfileId, void> {
    for await (const { ids } of pages()) yield* ids;
  }

  return {
    [Symbol.asyncIterator]: ids,
    page: async () => profilePage(await requestPage(options.pageToken)),
    pages,
    async toArray({ limit }: { readonly limit?: number } = {}) {
      const max = limit === Number.POSITIVE_INFINITY ? limit : checkedWholeNumber("limit", limit, 0, LIMIT_ADVICE);
      const array: ProfileId[] = [];
      if (max > 0) for await (const id of ids()) if (array.push(id) >= max) break;
      return array;
    },
  };
}

function profilePage({ profiles: ids, meta: { key: _, ...rest } }: ListProfilesResponse): ProfilePage {
  return { ids, ...rest };
}
