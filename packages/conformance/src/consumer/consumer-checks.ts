import { type Check, check } from "../checks/check.ts";

const isConsumers = { blame: "consumer" } as const;

/** The checks of what a consumer sends, and of what it reads. */
export const CONSUMER_CHECKS: readonly Check[] = [
  check(
    "unknown-operation",
    "A request has a method and path that the contract does not have",
    `The implementation returns 404 or 405. Often, the base URL is wrong: it contains \`/v1\`, or a path of a gateway is missing.

If the request is not for the Memory API, exclude it with the option \`ignore\`. If a gateway adds a prefix, set \`basePath\`.`,
    isConsumers,
  ),
  check(
    "unknown-query-parameter",
    "A request has a query parameter that the contract does not have",
    `Implementations ignore unknown query parameters, so the request succeeds and does something else. Usually, the name is misspelled.

Correct the name, or remove the parameter.`,
    isConsumers,
  ),
  check(
    "unknown-request-header",
    "A request has a header that neither the contract nor HTTP has",
    `Implementations ignore unknown headers. Usually, the name is misspelled.

Correct the name. If a proxy of yours reads the header, name it in the option \`allowedHeaders\`.`,
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
    "A request has other credentials than its operation requires",
    `Operations of the API require HTTP Basic authentication and return 401 without it. The upload of a file must carry no credentials: its URL
belongs to another service, which would learn them.`,
    isConsumers,
  ),
  check(
    "wrong-request-media-type",
    "The body of a request is missing or has another media type than the contract documents",
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
    `The value is \`undefined\`, or it is an addition of one implementation that another one does not have. Usually, the name is misspelled, or a
property is read at the wrong level.`,
    isConsumers,
  ),
];
