import { check } from "../../checks/check.ts";

export const PROTOCOL_CHECKS = [
  check(
    "wrong-route-response",
    "An unknown route or a wrong method is not refused with 404 or 405",
    `A client that misspells a path or a method must learn that from the status. A success hides the mistake, and another status sends people to
look for it in the wrong place.

Return 404 for a path that the contract does not have, and 405 for a method that a path does not support. HEAD and OPTIONS are not supported.`,
  ),
  check(
    "wrong-allow",
    "`Allow` of a 405 does not contain exactly the supported methods",
    "RFC 9110, section 15.5.6, requires `Allow`. List the methods that the contract has for the path, and no others.",
  ),
  check(
    "literal-path-shadowed",
    "A templated path takes precedence over a literal one",
    `\`/Profiles/Bulk\` must not address a profile named Bulk: a DELETE that was meant for a profile would return 400 or 404 instead of 405.

Register literal paths before templated ones, for all methods.`,
  ),
  check(
    "too-large-body-accepted",
    "A body over the limit is accepted",
    "The contract limits bodies so that a request cannot use up the memory of the service. Return 413 as soon as the limit is exceeded.",
  ),
  check(
    "unsupported-body-accepted",
    "A body of another media type or content coding is accepted",
    `A service that reads any media type as JSON can be called by a form on a foreign page. One that ignores \`Content-Encoding\` stores something else
than the client sent.

Return 415 for everything but \`application/json\` without a content coding.`,
  ),
  check(
    "missing-accept-encoding",
    "A 415 for a content coding does not say which coding is supported",
    "RFC 9110, section 12.5.3, and the contract: send `Accept-Encoding: identity`, so that the client can send the body again without a coding.",
  ),
  check(
    "broken-json-accepted",
    "A body that is not valid JSON is accepted",
    "Two parsers may read such a body differently. Return 400 with the code for a body that is not valid JSON (RFC 8259).",
  ),
  check(
    "bad-host-accepted",
    "A request without exactly one valid `Host` is accepted",
    "RFC 9112, section 3.2: return 400 if `Host` is absent, repeated or invalid. Otherwise, a proxy and the service may disagree about the target.",
  ),
  check(
    "no-response",
    "A request gets no HTTP response",
    `The connection was closed before a response arrived. A client cannot tell this from an outage, and repeats the request.

Respond with the status that the contract documents. If the rest of a body is not read, keep the connection open until the response is sent.`,
  ),
];
