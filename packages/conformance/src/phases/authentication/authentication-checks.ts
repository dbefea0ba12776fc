import { check } from "../../checks/check.ts";

export const AUTHENTICATION_CHECKS = [
  check(
    "unauthenticated-access",
    "A request without valid credentials is not rejected with 401",
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
    "The response to invalid credentials reveals which part is invalid, or a secret",
    `If the response differs between an unknown user and a wrong secret, an attacker can find out which users exist. If the response contains the
secret, the secret ends up in logs.

Send the same body in both cases, without any part of the credentials.`,
  ),
  check(
    "foreign-access",
    "The credentials of one account give access to the store of another",
    "Each store belongs to one account. In every operation, compare the account of the credentials with that of the store, and return 403 with code 403 if they differ.",
  ),
  check(
    "cross-store-access",
    "A profile, import or page token of another store can be used",
    "Every ID and token is valid only in its store. Include the store in every lookup, and return 404 for an ID and 400 for a token of another store.",
  ),
  check(
    "wrong-check-order",
    "A request with two errors is not rejected for the one that is checked first",
    `The documented order reveals nothing to callers without access, and makes errors predictable.

Check in this order: credentials, rate limit, route, path parameters, store, the rest of the request, state.`,
  ),
];
