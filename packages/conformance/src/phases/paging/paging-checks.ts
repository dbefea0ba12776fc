import { check } from "../../checks/check.ts";

export const PAGING_CHECKS = [
  check(
    "page-too-large",
    "A page has more IDs than `pageSize`, or than the maximum",
    "`pageSize` limits the number of IDs, and a page contains at most 100, even if `pageSize` is larger. Clients reserve space for a page.",
  ),
  check(
    "page-size-ignored",
    "`pageSize` has no effect",
    "If a store has more profiles than `pageSize`, a page contains exactly `pageSize` IDs, up to 100, and the token of the next page.",
  ),
  check(
    "wrong-page-meta",
    "The `meta` object of a page does not describe the page",
    "`key` is the name of the property that contains the list, `profiles`, and `pageSize` is the effective page size. SDKs read the list through `key`.",
  ),
  check(
    "page-token-at-end",
    "A page has a token of a page that does not exist",
    "The first page has no `previousToken`, and the last one has no `nextToken`. Otherwise, a client that follows the tokens never stops, or reads an empty page.",
  ),
  check(
    "wrong-order",
    "The list is not in the order of creation",
    "`orderBy` orders by creation time: `DESC`, the default, newest first, and `ASC` oldest first.",
  ),
  check(
    "paging-gap",
    "Paging skips a profile",
    `Paging does not skip a profile that existed when it began, regardless of writes in between. An offset does: after a deletion, all later rows
move up. Continue after the last ID of the page instead.`,
  ),
  check(
    "paging-repeat",
    "Paging returns a profile twice",
    "Paging returns each profile at most once, regardless of writes in between. Continue after the last ID of the page, instead of using an offset.",
  ),
  check(
    "dead-profile-paged",
    "A page contains an ID that was merged or deleted before the page was requested",
    "Merged and deleted IDs are not listed. This includes the later pages of a list whose first page was read before.",
  ),
  check(
    "wrong-previous-page",
    "`previousToken` does not return the previous page",
    "`previousToken` returns the page before this one, in the same order.",
  ),
  check(
    "page-token-not-repeatable",
    "A page token can be used only once",
    `A client that receives no response retries the request. If a token is valid only once, it cannot continue.

Accept a token more than once, for at least some minutes.`,
  ),
  check(
    "invalid-token-accepted",
    "A page token that was not issued for this list is accepted",
    `A token that the implementation did not issue, or that belongs to another store or order, returns 400. Otherwise, a client reads the wrong
part of the list without an error, or, with the token of another store, the IDs of that store.

Sign each token together with its store and order.`,
  ),
];
