import type { OrderBy, PageToken, ProfileId, StoreId } from "@memory-api/types";
import type { CallOptions } from "../connection/client-options.ts";
import type { Connection } from "../connection/connection.ts";
import type { IdArgument } from "../connection/ids.ts";
import { RepeatedPageTokenError } from "../errors/repeated-page-token-error.ts";
import { listProfiles } from "../generated/operations.ts";

/** Which IDs are listed, and from where on. The limits of time count for each page. */
export interface ListOptions extends CallOptions {
  /**
   * How many IDs a page may hold, 1 to 1000. The service may send fewer.
   *
   * @default 50
   */
  readonly pageSize?: number | undefined;
  /**
   * By time of creation, oldest first (`ASC`) or newest first (`DESC`).
   *
   * @default "DESC"
   */
  readonly orderBy?: OrderBy | undefined;
  /**
   * Where to go on: the `nextToken` of a page of the same store and order.
   *
   * @default the first page
   */
  readonly pageToken?: PageToken | undefined;
}

/** One page of a list. */
export interface ProfilePage {
  readonly ids: readonly ProfileId[];
  /** How many IDs a page holds at most. */
  readonly pageSize: number;
  /** Leads to the page after this one, now or in another process. Absent on the last page. */
  readonly nextToken?: PageToken;
  /** Leads to the page before this one. Absent on the first page. */
  readonly previousToken?: PageToken;
}

/** IDs of profiles. Nothing is asked for before something is read, and each reading begins anew. */
export interface ProfileList extends AsyncIterable<ProfileId> {
  /** The same page by page, each with the token to go on from. */
  pages(): AsyncIterable<ProfilePage>;
  /**
   * The first IDs in an array.
   *
   * @param options `limit`: how many at most; `Infinity` for all, if they fit into memory
   */
  toArray(options: { readonly limit: number }): Promise<ProfileId[]>;
}

/**
 * Lists the IDs of the live profiles of a store. A profile that existed at the beginning is neither left out nor listed twice.
 *
 * @throws {RepeatedPageTokenError} while reading, if the service leads back to a page that was read
 * @throws {MemoryApiError} while reading, if a page is refused
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
  const { pageSize, orderBy, pageToken: first } = options;
  const query = { ...(pageSize !== undefined && { pageSize }), ...(orderBy && { orderBy }) };

  async function* pages(): AsyncGenerator<ProfilePage, void> {
    const seen = new Set<PageToken>();
    let pageToken = first;
    do {
      if (pageToken && seen.has(pageToken)) throw new RepeatedPageTokenError(pageToken);
      if (pageToken) seen.add(pageToken);
      const given = { path: { storeId }, query: { ...query, ...(pageToken && { pageToken }) } };
      const { profiles: ids, meta } = await listProfiles(connection, given, options);
      const { key: _, ...rest } = meta;
      yield { ids, ...rest };
      pageToken = meta.nextToken;
    } while (pageToken);
  }

  async function* ids(): AsyncGenerator<ProfileId, void> {
    for await (const page of pages()) yield* page.ids;
  }

  return {
    [Symbol.asyncIterator]: ids,
    pages,
    async toArray({ limit }) {
      const found: ProfileId[] = [];
      if (limit > 0) for await (const id of ids()) if (found.push(id) >= limit) break;
      return found;
    },
  };
}
