import type { ApiServer } from "./api-server.ts";
import { profilesOf } from "./requests.ts";
import { storeId } from "./settings-for-tests.ts";

export interface Page {
  readonly profiles: readonly string[];
  readonly pageSize: number;
  readonly nextToken: string | undefined;
  readonly previousToken: string | undefined;
}

/** A page of the profiles of the first store. */
export async function readPage(api: ApiServer, query: Readonly<Record<string, string>> = {}): Promise<Page> {
  const { body } = await api.send({ method: "GET", target: `${profilesOf(storeId)}?${new URLSearchParams(query)}` });
  const { profiles, meta } = Object(body);
  return { ...meta, profiles };
}

/** Reads all IDs of a list: forward by `nextToken`, or from the last page backward by `previousToken`. */
export async function walk(
  api: ApiServer,
  query: Readonly<Record<string, string>>,
  direction: "nextToken" | "previousToken" = "nextToken",
): Promise<string[]> {
  const ids = [];
  let page = await readPage(api, query);
  if (direction === "previousToken")
    while (page.nextToken) page = await readPage(api, { ...query, pageToken: page.nextToken });
  for (;;) {
    ids.push(...(direction === "nextToken" ? page.profiles : page.profiles.toReversed()));
    const pageToken = page[direction];
    if (pageToken === undefined) return ids;
    page = await readPage(api, { ...query, pageToken });
  }
}
