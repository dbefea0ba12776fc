import type { ProxiedRequest, ProxiedResponse } from "../../../support/proxied-messages.ts";
import { ALL_OPERATIONS, altered, JSON_WRITES, type PlantedBug } from "../../planted-bug.ts";

const isUnknownRoute = ({ operation }: ProxiedRequest) => operation === undefined;

const codeOf = (response: ProxiedResponse) => Number(Object(response.json).code);

/** Bodies of errors. */
export const ERROR_BUGS: readonly PlantedBug[] = [
  {
    name: "error-without-code",
    breaks: "Error bodies have no code.",
    in: [...ALL_OPERATIONS],
    foundBy: ["authentication", "protocol"],
    fault: altered("any", 400, (response) => response.withProperties({ code: undefined })),
  },
  {
    name: "error-code-string",
    breaks: "The code of an error is a string.",
    in: [...ALL_OPERATIONS],
    foundBy: ["authentication", "protocol"],
    fault: altered("any", 404, (response) => response.withProperties({ code: String(codeOf(response)) })),
  },
  {
    name: "error-without-more-info",
    breaks: "Error bodies have no more_info.",
    in: [...ALL_OPERATIONS],
    foundBy: ["authentication", "protocol"],
    fault: altered("any", 401, (response) => response.withProperties({ more_info: undefined })),
  },
  {
    name: "error-more-info-relative",
    breaks: "The more_info of an error is not a URL.",
    in: [...ALL_OPERATIONS],
    foundBy: ["authentication", "protocol"],
    fault: altered("any", 400, (response) => response.withProperties({ more_info: `errors/${codeOf(response)}` })),
  },
  {
    name: "error-more-info-of-other-code",
    breaks: "The more_info of an error belongs to another code.",
    in: [...ALL_OPERATIONS],
    foundBy: ["authentication", "protocol"],
    fault: altered("any", 404, (response) =>
      response.withProperties({ more_info: "https://www.twilio.com/docs/api/errors/20003" }),
    ),
  },
  {
    name: "error-status-constant",
    breaks: "The status in every error body is 400.",
    in: [...ALL_OPERATIONS],
    foundBy: ["authentication", "protocol"],
    fault: altered("any", 404, (response) => response.withProperties({ status: 400 })),
  },
  {
    name: "error-message-missing",
    breaks: "The error of an unknown store has no message.",
    in: [...ALL_OPERATIONS],
    foundBy: ["authentication", "protocol"],
    fault: altered("any", 404, (response) =>
      codeOf(response) === 520041 ? response.withProperties({ message: undefined }) : response,
    ),
  },
  {
    name: "error-message-too-long",
    breaks: "The message of a validation error quotes the body, and exceeds its maxLength.",
    in: [...JSON_WRITES],
    foundBy: ["authentication", "protocol"],
    fault: altered(JSON_WRITES, 400, (response, { body }) =>
      response.withProperties({ message: `${Object(response.json).message} ${body.toString()}` }),
    ),
  },
  {
    name: "error-echoes-secret",
    breaks: "The message of a 401 contains the credentials that were sent.",
    in: [...ALL_OPERATIONS],
    foundBy: ["authentication", "protocol"],
    fault: altered("any", 401, (response, request) => {
      const sent = request.header("authorization")?.split(" ")[1];
      if (sent === undefined) return response;
      const message = `No access with ${Buffer.from(sent, "base64")}.`.slice(0, 1000);
      return response.withProperties({ message });
    }),
  },
  {
    name: "unknown-route-html",
    breaks: "An unknown route returns 404 with an HTML page.",
    in: ["routes"],
    foundBy: ["protocol"],
    fault: altered("any", 404, (response, request) =>
      isUnknownRoute(request) ? response.withBody("<h1>Not Found</h1>", "text/html") : response,
    ),
  },
  {
    name: "unknown-route-empty",
    breaks: "An unknown route returns 404 without a body.",
    in: ["routes"],
    foundBy: ["protocol"],
    fault: altered("any", 404, (response, request) => (isUnknownRoute(request) ? response.withoutBody() : response)),
  },
  {
    name: "method-not-allowed-empty",
    breaks: "405 has no body.",
    in: ["routes"],
    foundBy: ["protocol"],
    fault: altered("any", 405, (response) => response.withoutBody()),
  },
  {
    name: "too-large-html",
    breaks: "413 has an HTML body, as from a proxy.",
    in: ["createProfile", "updateProfilesBulk", "patchProfileTraits", "createProfilesImportV2"],
    foundBy: ["protocol"],
    fault: altered(JSON_WRITES, 413, (response) => response.withBody("<h1>Payload too large</h1>", "text/html")),
  },
  {
    name: "unsupported-media-type-text",
    breaks: "415 has a text body.",
    in: [...JSON_WRITES],
    foundBy: ["protocol"],
    fault: altered("any", 415, (response) => response.withBody("Unsupported Media Type", "text/plain")),
  },
  {
    name: "invalid-json-text",
    breaks: "A body that is not valid JSON returns 400 with a text body.",
    in: [...JSON_WRITES],
    foundBy: ["protocol"],
    fault: altered(JSON_WRITES, 400, (response, { json }) =>
      json === undefined ? response.withBody("Unexpected token", "text/plain") : response,
    ),
  },
  {
    name: "invalid-json-problem",
    breaks: "A validation error is an RFC 9457 problem document.",
    in: [...JSON_WRITES],
    foundBy: ["protocol"],
    fault: altered(JSON_WRITES, 400, (response) =>
      response.withBody('{"type":"about:blank","title":"Bad Request","status":400}', "application/problem+json"),
    ),
  },
  {
    name: "unauthorized-empty",
    breaks: "401 has no body.",
    in: [...ALL_OPERATIONS],
    foundBy: ["authentication"],
    fault: altered("any", 401, (response) => response.withoutBody()),
  },
];
