import { errorResponse, type ProxiedRequest, type ProxiedResponse } from "../messages.ts";
import { ALL_OPERATIONS, altered, JSON_WRITES, type PlantedBug } from "../planted-bug.ts";

const isUnknownRoute = ({ operation }: ProxiedRequest) => operation === undefined;
const withCode = (response: ProxiedResponse, code: number) =>
  response.withProperties({ code, more_info: `https://www.twilio.com/docs/api/errors/${code}` });
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
  {
    name: "wrong-code-for-missing-profile",
    breaks: "A profile that does not exist has the code of a missing store.",
    in: ["fetchProfile", "patchProfileTraits", "deleteProfile"],
    foundBy: ["authentication", "protocol"],
    fault: altered(["fetchProfile", "patchProfileTraits", "deleteProfile"], 404, (response) =>
      withCode(response, 520041),
    ),
  },
  {
    name: "wrong-code-for-missing-store",
    breaks: "A store that does not exist has the code of a missing profile.",
    in: [...ALL_OPERATIONS],
    foundBy: ["authentication", "protocol"],
    fault: altered("any", 404, (response) => (codeOf(response) === 520041 ? withCode(response, 20404) : response)),
  },
  {
    name: "wrong-code-for-malformed-store",
    breaks: "A malformed store ID has the code 400 instead of 520049.",
    in: [...ALL_OPERATIONS],
    foundBy: ["authentication", "protocol"],
    fault: altered("any", 400, (response) => (codeOf(response) === 520049 ? withCode(response, 400) : response)),
  },
  {
    name: "wrong-code-for-unauthorized",
    breaks: "401 has the code 401 instead of 20003.",
    in: [...ALL_OPERATIONS],
    foundBy: ["authentication", "protocol"],
    fault: altered("any", 401, (response) => withCode(response, 401)),
  },
  {
    name: "wrong-code-for-unknown-trait",
    breaks: "An undeclared trait has the code 520046 instead of 520047.",
    in: ["createProfile", "patchProfileTraits", "updateProfilesBulk"],
    foundBy: ["requests", "model"],
    fault: altered(JSON_WRITES, 400, (response) =>
      codeOf(response) === 520047 ? withCode(response, 520046) : response,
    ),
  },
  {
    name: "wrong-code-for-invalid-json",
    breaks: "A body that is not valid JSON has the code 400 instead of 520046.",
    in: [...JSON_WRITES],
    foundBy: ["authentication", "protocol"],
    fault: altered(JSON_WRITES, 400, (response, { json }) => (json === undefined ? withCode(response, 400) : response)),
  },
  {
    name: "wrong-code-for-too-large",
    breaks: "413 has the code 413 instead of 20413.",
    in: [...JSON_WRITES],
    foundBy: ["authentication", "protocol"],
    fault: altered("any", 413, (response) => withCode(response, 413)),
  },
  {
    name: "bulk-error-without-index",
    breaks: "The message of a rejected batch does not name the index of the invalid item.",
    in: ["updateProfilesBulk"],
    foundBy: ["requests", "model"],
    fault: altered(["updateProfilesBulk"], 400, (response) =>
      response.withProperties({ message: "An item is not valid." }),
    ),
  },
  {
    name: "unknown-trait-unnamed",
    breaks: "The message about an undeclared trait does not name it.",
    in: ["createProfile", "patchProfileTraits"],
    foundBy: ["requests", "model"],
    fault: altered(JSON_WRITES, 400, (response) =>
      codeOf(response) === 520047 ? response.withProperties({ message: "The request is not valid." }) : response,
    ),
  },
];

/** Headers that are missing or wrong, and methods that are not supported. */
export const HEADER_BUGS: readonly PlantedBug[] = [
  {
    name: "allow-missing",
    breaks: "405 has no Allow.",
    in: ["routes"],
    foundBy: ["protocol"],
    fault: altered("any", 405, (response) => response.withHeader("Allow", undefined)),
  },
  {
    name: "allow-incomplete",
    breaks: "Allow of 405 names only one of several methods.",
    in: ["routes"],
    foundBy: ["protocol"],
    fault: altered("any", 405, (response) => response.withHeader("Allow", response.header("allow")?.split(",")[0])),
  },
  {
    name: "allow-with-unsupported-method",
    breaks: "Allow of 405 names a method that is not supported.",
    in: ["routes"],
    foundBy: ["protocol"],
    fault: altered("any", 405, (response) => response.withHeader("Allow", `${response.header("allow")}, OPTIONS`)),
  },
  {
    name: "method-not-allowed-404",
    breaks: "An unsupported method returns 404 instead of 405.",
    in: ["routes"],
    foundBy: ["protocol"],
    fault: altered("any", 405, () => errorResponse(404, 20404)),
  },
  {
    name: "head-supported",
    breaks: "HEAD is supported although the contract excludes it.",
    in: ["routes"],
    foundBy: ["protocol"],
    fault: () => async (request, forward) => {
      if (request.method !== "HEAD") return forward(request);
      const response = await forward(request.with({ method: "GET" }));
      return response.withHeader("Content-Length", undefined).withoutBody();
    },
  },
  {
    name: "options-supported",
    breaks: "OPTIONS returns 204 with CORS headers.",
    in: ["routes"],
    foundBy: ["protocol"],
    fault: altered("any", 405, (response, { method }) =>
      method === "OPTIONS"
        ? response.withStatus(204).withoutBody().withHeader("Access-Control-Allow-Origin", "*")
        : response,
    ),
  },
  {
    name: "get-of-bulk-as-profile",
    breaks: "A GET of Profiles/Bulk is read as a profile with the ID Bulk.",
    in: ["routes"],
    foundBy: ["protocol"],
    fault: altered("any", 405, (response, { method, target }) =>
      method === "GET" && /\/Profiles\/Bulk$/.test(target)
        ? errorResponse(400, 400, "profileId is malformed")
        : response,
    ),
  },
  {
    name: "trailing-slash-accepted",
    breaks: "A path with a trailing slash is another spelling of the resource.",
    in: ["routes"],
    foundBy: ["protocol"],
    fault: () => (request, forward) => {
      const [path = "", query] = request.target.split("?");
      if (!/[^/]\/$/.test(path)) return forward(request);
      return forward(request.with({ target: path.replace(/\/$/, "") + (query === undefined ? "" : `?${query}`) }));
    },
  },
  {
    name: "path-case-ignored",
    breaks: "Paths are not case-sensitive.",
    in: ["routes"],
    foundBy: ["protocol"],
    fault: () => (request, forward) =>
      forward(
        request.with({
          target: request.target
            .replace(/^\/v1\/stores\//i, "/v1/Stores/")
            .replace(/(?<=\/)profiles(?=[/?]|$)/i, "Profiles"),
        }),
      ),
  },
  {
    name: "host-ignored",
    breaks: "A request without a valid Host is accepted.",
    in: ["listProfiles"],
    foundBy: ["protocol"],
    fault: () => async (request, forward) => {
      const response = await forward(request);
      const isBad = request.operation === "listProfiles" && response.status === 400 && !request.target.includes("?");
      return isBad ? forward(request.withHeader("Host", "127.0.0.1")) : response;
    },
  },
  {
    name: "upload-by-post-accepted",
    breaks: "The file of an import can also be sent by POST.",
    in: ["routes"],
    foundBy: ["imports"],
    fault: altered("any", 405, (response, { method, target }) =>
      method === "POST" && target.startsWith("/uploads/") ? response.withStatus(200).withoutBody() : response,
    ),
  },
  {
    name: "www-authenticate-missing",
    breaks: "401 has no WWW-Authenticate.",
    in: [...ALL_OPERATIONS],
    foundBy: ["authentication"],
    fault: altered("any", 401, (response) => response.withHeader("WWW-Authenticate", undefined)),
  },
  {
    name: "accept-encoding-missing",
    breaks: "415 for a content coding does not say which coding is accepted.",
    in: [...JSON_WRITES],
    foundBy: ["protocol"],
    fault: altered("any", 415, (response) => response.withHeader("Accept-Encoding", undefined)),
  },
  {
    name: "redirect-location-missing",
    breaks: "The redirect of a merged profile has no Location.",
    in: ["fetchProfile"],
    foundBy: ["model"],
    fault: altered(["fetchProfile"], 301, (response) => response.withHeader("Location", undefined)),
  },
  {
    name: "redirect-location-relative",
    breaks: "The Location of a redirect is not absolute.",
    in: ["fetchProfile", "patchProfileTraits", "deleteProfile"],
    foundBy: ["model"],
    fault: altered("any", "any", (response) => {
      const location = response.header("location");
      return location === undefined ? response : response.withHeader("Location", new URL(location).pathname);
    }),
  },
  {
    name: "redirect-location-of-itself",
    breaks: "The Location of a redirect is the merged profile itself, which loops endlessly.",
    in: ["fetchProfile", "patchProfileTraits", "deleteProfile"],
    foundBy: ["model"],
    fault: altered("any", "any", (response, request) =>
      response.header("location") === undefined
        ? response
        : response.withHeader("Location", `http://${request.header("host")}${request.target}`),
    ),
  },
  {
    name: "redirect-uri-of-other-profile",
    breaks: "The uri in the body of a redirect differs from its Location.",
    in: ["fetchProfile", "patchProfileTraits", "deleteProfile"],
    foundBy: ["model"],
    fault: altered(["fetchProfile", "patchProfileTraits", "deleteProfile"], "any", (response, request) =>
      response.status === 301 || response.status === 308
        ? response.withProperties({ uri: `http://${request.header("host")}${request.target}` })
        : response,
    ),
  },
  {
    name: "canonical-id-missing",
    breaks: "A redirect has no Canonical-Profile-Id.",
    in: ["fetchProfile", "patchProfileTraits", "deleteProfile"],
    foundBy: ["model"],
    fault: altered("any", 308, (response) => response.withHeader("Canonical-Profile-Id", undefined)),
  },
  {
    name: "canonical-id-of-itself",
    breaks: "The Canonical-Profile-Id of a redirect is the merged profile itself.",
    in: ["fetchProfile"],
    foundBy: ["model"],
    fault: altered(["fetchProfile"], 301, (response, { path }) =>
      response.withHeader("Canonical-Profile-Id", path["profileId"]),
    ),
  },
];
