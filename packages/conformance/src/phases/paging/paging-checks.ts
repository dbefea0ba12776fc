import { check } from "../../checks/check.ts";

export const PAGING_CHECKS = [
  check(
    "page-too-large",
    "A page has more IDs than `pageSize`, or than a page may have",
    "`pageSize` is the maximum number of IDs, and a page contains at most 100, even if `pageSize` is larger. Clients reserve space for a page.",
  ),
  check(
    "page-size-ignored",
    "`pageSize` has no effect",
    "A list that has more profiles than `pageSize` returns as many IDs as it says, up to 100, and a token of the next page.",
  ),
  check(
    "wrong-page-meta",
    "`meta` of a page does not describe the page",
    "`key` is the name of the property that holds the list, `profiles`, and `pageSize` is the effective page size. SDKs read the list through `key`.",
  ),
  check(
    "page-token-at-end",
    "A page has the token of a page that does not exist",
    "An absent token means that there is no such page: the first page has no `previousToken`, and the last one no `nextToken`. A client that follows tokens to the end otherwise never ends, or reads an empty page.",
  ),
  check(
    "wrong-order",
    "The list is not in the order of creation",
    "`orderBy` orders by creation time: `DESC`, the default, newest first, and `ASC` oldest first.",
  ),
  check(
    "paging-gap",
    "Paging skips a profile",
    `Paging skips no profile that existed when it began, whatever is written meanwhile. A number of rows to skip does: after a deletion, all later
rows have moved. Continue after the last ID of the page instead.`,
  ),
  check(
    "paging-repeat",
    "Paging returns a profile twice",
    "Paging repeats no profile, whatever is written meanwhile. Continue after the last ID of the page, instead of skipping a number of rows.",
  ),
  check(
    "dead-profile-paged",
    "A page contains an ID that was merged or deleted before the page was requested",
    "Merged and deleted IDs are not listed, also on later pages of a list that began before.",
  ),
  check(
    "wrong-previous-page",
    "`previousToken` does not return the previous page",
    "`previousToken` returns the page before this one, in the same order.",
  ),
  check(
    "page-token-not-repeatable",
    "A page cannot be read a second time",
    `A client that gets no response repeats the request. With a token that is valid only once, it cannot go on.

Accept a token as long as the list exists, at least for some minutes.`,
  ),
  check(
    "invalid-token-accepted",
    "A page token that was not issued for this list is accepted",
    `A token that the implementation did not issue, or that belongs to another store or order, returns 400. Otherwise, a client reads a part of the
list without an error, or, with the token of another store, the IDs of another customer.

Sign tokens, together with the store and the order.`,
  ),
];
