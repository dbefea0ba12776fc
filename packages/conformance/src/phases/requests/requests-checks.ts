import { check } from "../../checks/check.ts";

export const REQUESTS_CHECKS = [
  check(
    "invalid-request-accepted",
    "An invalid request is accepted",
    `The client does not notice its mistake, and the service stores a value that does not match the types of other clients.

Validate the request against the schema and the rules of the contract before it has any effect.`,
  ),
  check(
    "rejected-request-applied",
    "A rejected request is applied in part",
    `A client that receives a 400 assumes that nothing happened. A batch is all or nothing.

Validate the whole request before any part of it takes effect.`,
  ),
  check(
    "value-changed",
    "A trait is not stored with the value that was sent",
    `Trait values are stored as they were sent; only identifiers are normalized. If a value is trimmed, truncated or converted, the client does not
find what it wrote.`,
  ),
  check(
    "unspecific-error-message",
    "The message of an error does not name what is wrong",
    "The contract requires that the message names an undeclared group or trait, and the index of an invalid item. Otherwise, nobody finds the one invalid item among a thousand.",
  ),
  check(
    "wrong-error",
    "A request is rejected with the wrong status or code",
    "Clients switch on the status and on `code`. Return those that the contract documents for this error.",
  ),
];
