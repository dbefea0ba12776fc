import { check } from "../../checks/check.ts";

export const AUTHENTICATION_CHECKS = [
  check(
    "unauthenticated-access",
    "A request without valid credentials is not refused with 401",
    `Anyone could read or change the profiles of a store, or learn which resources exist.

Check the credentials before everything else, and return 401 with code 20003.`,
  ),
  check(
    "missing-challenge",
    "A 401 does not say which scheme it expects",
    "RFC 9110, section 11.6.1, requires `WWW-Authenticate` in a 401. Send `WWW-Authenticate: Basic` with a realm.",
  ),
  check(
    "credentials-revealed",
    "The response to wrong credentials shows more than that they are wrong",
    `A response that differs for an unknown user and a wrong secret tells an attacker which users exist. A response that repeats a secret writes it
into logs.

Send the same body in both cases, without any part of the credentials.`,
  ),
  check(
    "foreign-access",
    "The credentials of one account have access to the store of another",
    "Each store belongs to one account. Compare the account of the credentials with that of the store in every operation, and return 403 with code 403.",
  ),
  check(
    "cross-store-access",
    "A profile, import or page token of another store can be used",
    "Every ID and token is valid only in its store. Include the store in every lookup, and return 404 for an ID and 400 for a token of another store.",
  ),
  check(
    "wrong-check-order",
    "A request with two faults is not refused for the one that the contract checks first",
    `The order keeps a service from revealing anything to callers without access, and makes errors predictable.

Check in this order: credentials, rate limit, route, path parameters, store, the rest of the request, state.`,
  ),
];
