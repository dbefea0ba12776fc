import type { OperationId } from "@memory-api/types";
import type { Contract } from "../contract/contract.ts";
import type { Violation } from "../findings/finding.ts";
import { type Exchange, headerOf, jsonOf, mediaTypeOf } from "../http/exchange.ts";
import { type Check, check } from "./check.ts";

/** The checks that every response must pass. */
export const RESPONSE_CHECKS: readonly Check[] = [
  check(
    "undocumented-status",
    "A response has a status that the contract does not document",
    `Clients are generated from the documented statuses, and treat any other as a failure that they cannot explain.

Return one of the documented statuses, or document this one.`,
  ),
  check(
    "server-error",
    "A request causes a 5xx response",
    `No input may cause a 500. The client cannot tell an invalid request from an outage, and retries a request that never succeeds.

Find the request in the log of the implementation, and return the 4xx that the contract documents for it.`,
  ),
  check(
    "wrong-media-type",
    "A body has a media type that the contract does not document",
    "A client selects its parser by `Content-Type`. Send the documented media type, and no body where none is documented.",
  ),
  check(
    "invalid-body",
    "A body does not match its schema",
    "The types that clients generate from the contract are wrong at run time. Send every required property, and every value within its bounds.",
  ),
  check(
    "invalid-header",
    "A documented header is missing or does not match its schema",
    "Clients read documented headers without validating them. Send the header in the documented form.",
  ),
  check(
    "invalid-error-body",
    "An error response does not have the error body that the contract defines",
    `Every 4xx and 5xx response has the body \`{code, message, more_info, status}\`. This includes responses to an unknown route, a wrong method, and
a body that is too large or not valid JSON. Otherwise, a client has no code to act on.`,
  ),
  check(
    "wrong-error-status",
    "The `status` of an error body differs from the status of the response",
    "Clients that keep only the body rely on its `status`. Set it to the status of the response.",
  ),
  check(
    "time-not-utc",
    "A time is not in UTC",
    `All times are in UTC and end in \`Z\`, so that clients can compare them as text.

Convert the time to UTC before you send it.`,
  ),
  check(
    "wrong-error-code",
    "An error has a code that the contract does not list for its status",
    `Clients switch on \`code\`, so an unknown code falls into their default branch.

Send the code that the table of errors in the contract lists for the status.`,
  ),
  check(
    "wrong-more-info",
    "The `more_info` URL of an error is not that of its code",
    "People open this URL from a log. Send the base URL that the contract states, followed by the code.",
  ),
];

/** `Number` also reads an empty string, and `0x10`. */
const DECIMAL = /^-?\d+(?:\.\d+)?$/;

const ERROR_BODY = "/components/schemas/ErrorBody";

/** Checks a response against the contract. Without an operation, only the body of an error is checked. */
export function checkResponse(contract: Contract, id: OperationId | undefined, exchange: Exchange): Violation[] {
  const { response } = exchange;
  const violations: Violation[] = [];
  const add = (code: string, expected: string, received: string, pointer: string) =>
    violations.push({
      code,
      ...(id !== undefined && { operationId: id }),
      expected,
      received,
      source: { kind: "contract", pointer },
    });

  // 503 says that the server is busy, and is not caused by the input.
  if (response.status >= 500 && response.status !== 503) {
    add(
      "server-error",
      "a status below 500",
      `status ${response.status}`,
      id ? contract.operation(id).pointer : "/info",
    );
  }
  // A response to HEAD has no body.
  if (response.status >= 400 && exchange.request.method !== "HEAD") checkErrorBody(contract, exchange, add);
  if (id === undefined) return violations;

  const entry = contract.operation(id);
  const documented = entry.responses[response.status];
  if (documented === undefined) {
    const statuses = Object.keys(entry.responses).join(", ");
    add("undocumented-status", `one of ${statuses}`, `status ${response.status}`, `${entry.pointer}/responses`);
    return violations;
  }
  for (const { name, isRequired, pointer, validate } of documented.headers) {
    const value = headerOf(response, name);
    if (value === undefined) {
      if (isRequired) add("invalid-header", `the header ${name}`, "no such header", pointer);
    } else if (!validate(value) && !(DECIMAL.test(value) && validate(Number(value)))) {
      add("invalid-header", `${name} ${explain(validate.errors)}`, `${name}: ${value}`, pointer);
    }
  }
  const expected = Object.keys(documented.content);
  const mediaType = mediaTypeOf(response);
  if (expected.length === 0) {
    if (response.body.length > 0) add("wrong-media-type", "no body", `a body of ${mediaType}`, documented.pointer);
    return violations;
  }
  const content = documented.content[mediaType ?? ""];
  if (content === undefined) {
    add("wrong-media-type", expected.join(" or "), mediaType ?? "no Content-Type", documented.pointer);
    return violations;
  }
  const json = jsonOf(response);
  if (json === undefined)
    add("invalid-body", "valid JSON in UTF-8", "a body that is not valid JSON in UTF-8", content.pointer);
  else if (response.status < 400 && !content.validate(json)) {
    add("invalid-body", explain(content.validate.errors), JSON.stringify(json).slice(0, 500), content.pointer);
  } else {
    for (const name of contract.timesOf(content.pointer)) {
      const time = Object(json)[name];
      if (time !== undefined && !String(time).endsWith("Z")) {
        add("time-not-utc", `${name} in UTC, with a Z at its end`, String(time), "/info/description");
      }
    }
  }
  return violations;
}

function checkErrorBody(
  contract: Contract,
  { response }: Exchange,
  add: (code: string, expected: string, received: string, pointer: string) => void,
): void {
  const validate = contract.validatorAt(ERROR_BODY);
  const json = jsonOf(response);
  if (mediaTypeOf(response) !== "application/json") {
    add("invalid-error-body", "application/json", mediaTypeOf(response) ?? "no Content-Type", ERROR_BODY);
  } else if (!validate(json)) {
    add(
      "invalid-error-body",
      explain(validate.errors),
      JSON.stringify(json)?.slice(0, 500) ?? "not valid JSON",
      ERROR_BODY,
    );
  } else {
    const { status, code, more_info: moreInfo } = Object(json);
    if (status !== response.status) {
      add("wrong-error-status", `status ${response.status} in the body`, `status ${status}`, ERROR_BODY);
    }
    const { codes, baseUrl, ownCodes } = contract.errorTable;
    const expected = codes.get(response.status);
    if (expected !== undefined && !expected.includes(code)) {
      add(
        "wrong-error-code",
        `code ${expected.join(" or ")} with status ${response.status}`,
        `code ${code}`,
        "/info/description",
      );
    } else if (!ownCodes.has(code) && moreInfo !== `${baseUrl}${code}`) {
      add("wrong-more-info", `${baseUrl}${code}`, String(moreInfo), "/info/description");
    }
  }
}

/** The first error of a validator, with the place in the value. */
function explain(errors: import("ajv/dist/2020.js").ErrorObject[] | null | undefined): string {
  const [error] = errors ?? [];
  return error === undefined ? "" : `${error.instancePath || "the value"} ${error.message}`;
}
