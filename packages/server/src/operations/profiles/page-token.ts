import type { Settings } from "../../configuration/settings.ts";
import { badRequest } from "../api-error.ts";
import { sign, verify } from "../signed-text.ts";

/** Where a page begins: after or before an ID, in the order of the list. Without an ID, at the end of the list. */
export interface PagePosition {
  readonly direction: "after" | "before";
  readonly id?: string;
}

export type Order = "ASC" | "DESC";

/** @returns an opaque token that is valid only for this store and this order */
export function pageToken(
  keys: Settings["signingKeys"],
  storeId: string,
  order: Order,
  position: PagePosition,
): string {
  return sign(keys, purposeOf(storeId, order), [position.direction, position.id ?? ""]);
}

/** @throws {ApiError} 400 if the token was not issued for this store and order */
export function readPageToken(
  keys: Settings["signingKeys"],
  storeId: string,
  order: Order,
  token: string,
): PagePosition {
  const [direction, id] = verify(keys, purposeOf(storeId, order), token) ?? [];
  if (direction !== "after" && direction !== "before") {
    throw badRequest("pageToken: was not issued for this store and order; start again without it");
  }
  return { direction, ...(id && { id }) };
}

function purposeOf(storeId: string, order: Order): string {
  return `page ${storeId} ${order}`;
}
