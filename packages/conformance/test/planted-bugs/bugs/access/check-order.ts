import { errorResponse } from "../../../support/errors.ts";
import type { Fault } from "../../../support/faulty-proxy.ts";
import type { ProxiedRequest } from "../../../support/proxied-messages.ts";
import { ACCOUNT, OTHER_ACCOUNT } from "../../../support/start-server.ts";
import { ALL_OPERATIONS, altered, JSON_WRITES, type PlantedBug } from "../../planted-bug.ts";

const basic = (username: string, password: string) =>
  `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;

const ownerOf = ({ path }: ProxiedRequest) => (path["storeId"] === OTHER_ACCOUNT.storeId ? OTHER_ACCOUNT : ACCOUNT);

const asOwner = (request: ProxiedRequest) => {
  const { username, password } = ownerOf(request);
  return request.withHeader("Authorization", basic(username, password));
};

const AUTHENTICATED = ALL_OPERATIONS.filter((id) => id !== "uploadImportFile");

const needsCredentials = (request: ProxiedRequest) =>
  request.operation !== undefined && request.path["storeId"] !== undefined;

/** Responds to a request that lacks credentials as if they were checked last. */
function beforeCredentials(statuses: readonly number[]): () => Fault {
  return () => async (request, forward) => {
    const response = await forward(request);
    if (response.status !== 401 || !needsCredentials(request)) return response;
    const instead = await forward(asOwner(request));
    return statuses.includes(instead.status) ? instead : response;
  };
}

/** Checks in another order than the contract's. */
export const CHECK_ORDER_BUGS: readonly PlantedBug[] = [
  {
    name: "body-before-credentials",
    breaks: "The body is checked before the credentials.",
    in: [...JSON_WRITES],
    foundBy: ["authentication"],
    fault: beforeCredentials([400]),
  },
  {
    name: "media-type-before-credentials",
    breaks: "The media type is checked before the credentials.",
    in: [...JSON_WRITES],
    foundBy: ["authentication"],
    fault: beforeCredentials([415]),
  },
  {
    name: "store-before-credentials",
    breaks: "The store is looked up before the credentials are checked.",
    in: AUTHENTICATED,
    foundBy: ["authentication"],
    fault: beforeCredentials([404]),
  },
  {
    name: "route-before-credentials",
    breaks: "An unknown route returns 404 without credentials.",
    in: ["routes"],
    foundBy: ["protocol", "authentication"],
    fault: altered("any", 401, (response, { operation }) =>
      operation === undefined ? errorResponse(404, 20404) : response,
    ),
  },
  {
    name: "body-before-store",
    breaks: "The body is checked before the store.",
    in: [...JSON_WRITES],
    foundBy: ["authentication"],
    fault: () => async (request, forward) => {
      const response = await forward(request);
      const isStore = response.status === 403 || Object(response.json).code === 520041;
      if (!isStore || !JSON_WRITES.some((id) => id === request.operation)) return response;
      const target = request.target.replace(request.path["storeId"] ?? "", ACCOUNT.storeId);
      const instead = await forward(asOwner(request.with({ target })));
      return instead.status === 400 ? instead : response;
    },
  },
  {
    name: "profile-before-body",
    breaks: "A patch looks up the profile before it checks the body.",
    in: ["patchProfileTraits"],
    foundBy: ["authentication", "model", "requests"],
    fault: () => async (request, forward) => {
      const response = await forward(request);
      if (request.operation !== "patchProfileTraits" || response.status !== 400) return response;
      const found = await forward(request.sibling("GET", request.target));
      return found.status === 404 && Object(found.json).code === 20404 ? found : response;
    },
  },
  {
    name: "profile-before-query",
    breaks: "A fetch looks up the profile before it checks the query.",
    in: ["fetchProfile"],
    foundBy: ["authentication", "model", "requests"],
    fault: () => async (request, forward) => {
      const response = await forward(request);
      if (request.operation !== "fetchProfile" || response.status !== 400) return response;
      const found = await forward(request.withQuery("traitGroups", undefined));
      return found.status === 404 && Object(found.json).code === 20404 ? found : response;
    },
  },
  {
    name: "path-before-store-of-other-account",
    breaks: "A malformed profile ID in the store of another account is reported as 403.",
    in: ["fetchProfile"],
    foundBy: ["authentication"],
    fault: altered(["fetchProfile"], 400, (response, request) => {
      const { storeId = "", profileId = "" } = request.path;
      const isForeign = storeId !== ACCOUNT.storeId && /^mem_(store|service)_[0-7][0-9a-z]{25}$/.test(storeId);
      return isForeign && !/^mem_profile_[0-7][0-9a-z]{25}$/.test(profileId) ? errorResponse(403, 403) : response;
    }),
  },
  {
    name: "405-after-store",
    breaks: "An unsupported method in a store that does not exist returns 404 instead of 405.",
    in: ["routes"],
    foundBy: ["protocol", "authentication"],
    fault: altered("any", 405, (response, { target }) =>
      target.includes(ACCOUNT.storeId) ? response : errorResponse(404, 520041),
    ),
  },
  {
    name: "upload-requires-credentials",
    breaks: "An upload without Authorization returns 401.",
    in: ["uploadImportFile"],
    foundBy: ["imports"],
    fault: altered(["uploadImportFile"], "any", (response, request) =>
      request.header("authorization") === undefined
        ? errorResponse(401, 20003).withHeader("WWW-Authenticate", 'Basic realm="memory", charset="UTF-8"')
        : response,
    ),
  },
  {
    name: "upload-conflict-before-signature",
    breaks: "A second upload with a wrong signature returns 409 instead of 403.",
    in: ["uploadImportFile"],
    foundBy: ["imports"],
    fault: () => {
      const uploaded = new Set<string | undefined>();
      return async (request, forward) => {
        const response = await forward(request);
        if (request.operation !== "uploadImportFile") return response;
        const { importId } = request.path;
        if (response.status === 200) uploaded.add(importId);
        return response.status === 403 && uploaded.has(importId) ? errorResponse(409, 20409) : response;
      };
    },
  },
];
