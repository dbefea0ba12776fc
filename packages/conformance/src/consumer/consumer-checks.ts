import { type Check, check } from "../checks/check.ts";

const isConsumers = { blame: "consumer" } as const;

/** The checks of what a consumer sends and reads. */
export const CONSUMER_CHECKS: readonly Check[] = [
  check(
    "unknown-operation",
    "A request has a method and path that the contract does not have",
    `The implementation returns 404 or 405. Often, the base URL is wrong: it contains \`/v1\`, or lacks the path of a gateway.

If the request is not for the Memory API, exclude it with the option \`ignore\`. If a gateway adds a prefix, set \`basePath\`.`,
    isConsumers,
  ),
  check(
    "unknown-query-parameter",
    "A request has a query parameter that the contract does not have",
    `Implementations ignore unknown query parameters, so the request succeeds but does something else. Usually, the name is misspelled.

Correct the name, or remove the parameter.`,
    isConsumers,
  ),
  check(
    "unknown-request-header",
    "A request has a header that neither the contract nor HTTP defines",
    `Implementations ignore unknown headers. Usually, the name is misspelled.

Correct the name. If one of your proxies reads the header, add it to the option \`allowedHeaders\`.`,
    isConsumers,
  ),
  check(
    "invalid-request-parameter",
    "A parameter of a request is missing or does not match its schema",
    "The implementation returns 400. Send every required parameter once, within its bounds.",
    isConsumers,
  ),
  check(
    "invalid-request-credentials",
    "A request does not have the credentials that its operation requires",
    `Operations of the API require HTTP Basic authentication and return 401 without it. An upload must not send credentials: its URL can
belong to another service, which would receive them.`,
    isConsumers,
  ),
  check(
    "wrong-request-media-type",
    "The body of a request is missing or has a media type that the contract does not document",
    "The implementation returns 400 or 415. Set `Content-Type` to the documented media type. `fetch` sets `text/plain` for a string.",
    isConsumers,
  ),
  check(
    "invalid-request-body",
    "The body of a request does not match its schema",
    "The implementation returns 400. Request bodies reject unknown properties, so a misspelled property fails too.",
    isConsumers,
  ),
  check(
    "unknown-response-property",
    "A consumer reads a property that the contract does not have",
    `The value is \`undefined\`, or one implementation adds the property and others do not. Usually, the name is misspelled, or the property is read
at the wrong level.`,
    isConsumers,
  ),
];
