import { bounds } from "@memory-api/types";
import type { StorageReads } from "../../storage/storage.ts";
import type { Operation } from "../operation.ts";
import { typedId } from "../typed-id.ts";
import { type Order, type PagePosition, pageToken, readPageToken } from "./page-token.ts";

export const listProfiles: Operation<"listProfiles"> = async ({ storage, settings }, { path: { storeId }, query }) => {
  const order = query?.orderBy ?? bounds.OrderBy.default;
  const pageSize = Math.min(query?.pageSize ?? bounds.PageSize.default, bounds.ListProfilesResponse.profiles.maxItems);
  const tokenOf = (position: PagePosition) => pageToken(settings.signingKeys, storeId, order, position);
  const position: PagePosition | undefined =
    query?.pageToken === undefined ? undefined : readPageToken(settings.signingKeys, storeId, order, query.pageToken);
  const page = await readPage(storage, storeId, order, pageSize, position);
  return {
    status: 200,
    body: {
      profiles: page.profiles.map((id) => typedId("mem_profile", id)),
      meta: {
        key: "profiles",
        pageSize,
        ...(page.next && { nextToken: tokenOf(page.next) }),
        ...(page.previous && { previousToken: tokenOf(page.previous) }),
      },
    },
  };
};

interface Page {
  readonly profiles: readonly string[];
  readonly next?: PagePosition;
  readonly previous?: PagePosition;
}

/**
 * Reads one profile more than fits on the page, and one on the other side of the position, to know whether there are further pages.
 * A position is an ID rather than a row number, so concurrent writes cause no profile to be skipped or repeated.
 */
async function readPage(
  storage: StorageReads,
  storeId: string,
  order: Order,
  size: number,
  position?: PagePosition,
): Promise<Page> {
  const opposite = order === "ASC" ? "DESC" : "ASC";
  const isBackward = position?.direction === "before";
  const found = await storage.listProfiles(storeId, isBackward ? opposite : order, size + 1, position?.id);
  const profiles = found.slice(0, size);
  const hasMore = found.length > size;
  if (isBackward) profiles.reverse();

  const edge = isBackward ? profiles.at(-1) : profiles[0];
  const isFirst = position === undefined;
  const behind = isFirst ? [] : await storage.listProfiles(storeId, isBackward ? order : opposite, 1, edge);
  const hasBehind = behind.length > 0;
  const [hasNext, hasPrevious] = isBackward ? [hasBehind, hasMore] : [hasMore, hasBehind];
  return {
    profiles,
    ...(hasNext && { next: positionAt("after", profiles.at(-1)) }),
    ...(hasPrevious && { previous: positionAt("before", profiles[0]) }),
  };
}

function positionAt(direction: PagePosition["direction"], id: string | undefined): PagePosition {
  return id === undefined ? { direction } : { direction, id };
}
