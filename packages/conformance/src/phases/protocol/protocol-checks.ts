import { check } from "../../checks/check.ts";

export const PROTOCOL_CHECKS = [
  check(
    "wrong-route-response",
    "An unknown route or a wrong method is not rejected with 404 or 405",
    `The status tells a client that it misspelled a path or a method. A success hides the mistake, and any other status makes people look for it
in the wrong place.

Return 404 for a path that the contract does not have, and 405 for a method that a path does not support. This includes HEAD and OPTIONS.`,
  ),
  check(
    "wrong-allow",
    "The `Allow` header of a 405 does not list exactly the supported methods",
    "RFC 9110, section 15.5.6, requires `Allow`. List the methods that the contract has for the path, and no others.",
  ),
  check(
    "literal-path-shadowed",
    "A templated path takes precedence over a literal one",
    `\`/Profiles/Bulk\` must not address a profile named Bulk: a DELETE of this path would return 400 or 404 instead of 405.

Register literal paths before templated ones, for all methods.`,
  ),
  check(
    "too-large-body-accepted",
    "A body over the limit is accepted",
    "The contract limits bodies so that a request cannot exhaust the memory of the service. Return 413 as soon as the limit is exceeded.",
  ),
  check(
    "unsupported-body-accepted",
    "A body with an unsupported media type or content coding is accepted",
    `If a service reads any media type as JSON, a form on another website can call it. If it ignores \`Content-Encoding\`, it does not store what the
client sent.

Accept only \`application/json\` without a content coding, and return 415 for everything else.`,
  ),
  check(
    "missing-accept-encoding",
    "A 415 for a content coding does not say which coding is supported",
    "RFC 9110, section 12.5.3, and the contract require it. Send `Accept-Encoding: identity`, so that the client can send the body again without a coding.",
  ),
  check(
    "broken-json-accepted",
    "A body that is not valid JSON is accepted",
    "Two parsers may read such a body differently. Return 400 with the code that the contract lists for a body that is not valid JSON (RFC 8259).",
  ),
  check(
    "bad-host-accepted",
    "A request without exactly one valid `Host` is accepted",
    "RFC 9112, section 3.2, requires a 400 if `Host` is absent, repeated or invalid. Otherwise, a proxy and the service may disagree about the target.",
  ),
  check(
    "no-response",
    "A request gets no HTTP response",
    `The connection was closed, or the request timed out, before a response arrived. A client cannot tell this from an outage, and retries the request.

Return the status that the contract documents. If you stop reading a body early, keep the connection open until the response is sent.`,
  ),
];
