import { check } from "../../checks/check.ts";

export const MODEL_CHECKS = [
  check(
    "wrong-resolution",
    "A write does not reach the profile that holds its identifiers",
    `An identifier belongs to one profile of a store. A write that contains it must reach this profile. If no profile holds any identifier of a
write, the write must create one. Otherwise, one customer has two profiles, or two customers share one.

Normalize every identifier of the request, and look it up in the transaction that writes.`,
  ),
  check(
    "wrong-canonical",
    "After a merge, the canonical profile is not the one that was created first",
    `When the identifiers of a request belong to several profiles, the one that was created first becomes the canonical profile, and the response
contains its ID. Clients store this ID, so the choice must not depend on the order of identifiers in the request or of merges.`,
  ),
  check(
    "wrong-traits-after-merge",
    "A merged profile does not have the values that were written last",
    `When profiles merge, the value that was accepted last wins for each trait, regardless of the profile that it was written to. A removal is a
write, too. The values of the request that causes the merge take precedence over all others.

Store a time with each trait and each removal, and compare these times when profiles merge.`,
  ),
  check(
    "redirect-broken",
    "A merged ID does not redirect to its canonical profile",
    `A GET of a merged ID returns 301, and PATCH and DELETE return 308. \`Canonical-Profile-Id\` contains the ID of the final profile, and both
\`Location\` and \`uri\` contain its absolute URI. After several merges, every redirect points directly to the final profile.`,
  ),
  check(
    "redirect-applied",
    "A request that is redirected changes the canonical profile",
    "A 308 tells the client to send the request to another URL. If the first request is applied as well, it takes effect twice: a DELETE removes a profile that the client never named.",
  ),
  check(
    "deleted-profile-visible",
    "A deleted profile can still be read",
    "After a deletion is applied, every GET of the profile, and of an ID that redirected to it, returns 404. People who ask for their data to be deleted rely on it.",
  ),
  check(
    "deleted-profile-usable",
    "A deleted profile still accepts a request",
    "After a deletion is applied, PATCH and DELETE of the profile, and of an ID that redirected to it, return 404.",
  ),
  check(
    "identifier-not-freed",
    "The identifiers of a deleted profile are still taken",
    "After a deletion, the identifiers are free for a new profile. Otherwise, the customer can never be created again, or the response contains the ID of a profile that does not exist.",
  ),
  check(
    "lost-write",
    "An accepted write is not visible",
    `A 202 means that the write is durable. It was not visible within the time that the run allows (\`--eventual-within\`).

If the implementation needs longer, allow more time. Otherwise, find out where the write was lost.`,
  ),
  check(
    "unrequested-change",
    "A profile changed although no request changed it",
    "Traits that a request does not name remain unchanged, and a rejected request changes nothing.",
  ),
  check(
    "removed-trait-kept",
    "A trait that a PATCH removed is still there",
    `In PATCH, \`null\` removes a trait. A trait with the value \`null\` or an empty string is not removed.

Delete the trait from the profile, and remember the time of the removal for later merges.`,
  ),
  check(
    "value-not-kept",
    "A trait does not have the value that was sent",
    "Only identifiers are normalized. The value of a trait is returned as it was sent, even if it does not result in an identifier.",
  ),
  check(
    "identifier-not-normalized",
    "Two spellings of one identifier lead to two profiles",
    `Email addresses are compared in lower case and without white space, and phone numbers in E.164 format, with the United States as the default
region. Normalize identifiers before each lookup and each write.`,
  ),
  check(
    "removed-identifier-kept",
    "The identifier of a removed trait still leads to the profile",
    "When PATCH sets a promoted trait to `null`, the identifier of its current value is removed, too, even after a merge. Otherwise, a phone number that one customer has given up merges this customer with its next owner.",
  ),
  check(
    "old-identifier-lost",
    "A previous value of a promoted trait no longer leads to the profile",
    "A new value of a promoted trait adds an identifier. The old value remains an identifier until the profile exceeds its limit of identifiers. The removal of the trait removes only the identifier of its current value.",
  ),
  check(
    "patch-does-not-merge",
    "A PATCH with the identifier of another profile does not merge the two",
    "The two profiles merge, as in `createProfile`. The profile that was created first becomes the canonical one, even if the other one was patched.",
  ),
  check(
    "empty-patch-changes",
    "A PATCH without traits is rejected or changes the profile",
    "`{}` and empty `traits` return 202 and change nothing.",
  ),
  check(
    "bulk-order-ignored",
    "The items of a batch are not applied in their order",
    "Items are applied in array order, so a later item for the same person wins.",
  ),
  check(
    "bulk-partly-applied",
    "A batch with an invalid item is accepted, or applied in part",
    "A batch is all or nothing: one invalid item returns 400, and nothing is applied. Otherwise, a client that corrects the item and sends the batch again does not know which items it applies twice.",
  ),
  check(
    "profile-not-listed",
    "An existing profile is missing from the list",
    "The list contains every profile that is neither merged nor deleted.",
  ),
  check("dead-profile-listed", "A merged or deleted ID is listed", "Merged and deleted IDs are not listed."),
];
