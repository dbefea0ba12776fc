import { errorResponse } from "../../../support/errors.ts";
import { ALL_OPERATIONS, altered, JSON_WRITES, type PlantedBug } from "../../planted-bug.ts";

/** Headers that are missing or wrong, and methods and paths that are not supported. */
export const ROUTE_BUGS: readonly PlantedBug[] = [
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
];
