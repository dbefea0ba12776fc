import { check } from "../../checks/check.ts";

export const REQUESTS_CHECKS = [
  check(
    "invalid-request-accepted",
    "An invalid request is accepted",
    `A client that sends it by mistake does not learn of the mistake, and the service stores a value that breaks the types of other clients.

Validate the request against the schema and the rules of the contract before it has any effect.`,
  ),
  check(
    "wrong-error",
    "A request is refused with the wrong status or code",
    "Clients switch on the status and on `code`. Return what the contract documents for this fault.",
  ),
];
