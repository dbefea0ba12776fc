import { check } from "../../checks/check.ts";

export const REQUESTS_CHECKS = [
  check(
    "invalid-request-accepted",
    "An invalid request is accepted",
    `A client that sends it by mistake does not learn of the mistake, and the service stores a value that breaks the types of other clients.

Validate the request against the schema and the rules of the contract before it has any effect.`,
  ),
  check(
    "rejected-request-applied",
    "A part of a rejected request is applied",
    `A client that receives a 400 assumes that nothing happened. A batch is all or nothing.

Check the whole request before any part of it has an effect.`,
  ),
  check(
    "value-changed",
    "A trait is stored as another value than was sent",
    `Trait values are kept as sent; only identifiers are normalized. A value that is trimmed, cut, or converted cannot be found by the client that
wrote it.`,
  ),
  check(
    "unspecific-error-message",
    "The message of an error does not name what is wrong",
    "The contract demands that the message names an undeclared group or trait, and the index of an invalid item. Without it, nobody finds the one row of a thousand.",
  ),
  check(
    "wrong-error",
    "A request is refused with the wrong status or code",
    "Clients switch on the status and on `code`. Return what the contract documents for this fault.",
  ),
];
