import { errorResponse } from "../../../support/errors.ts";
import type { Fault } from "../../../support/faulty-proxy.ts";
import type { ProxiedRequest } from "../../../support/proxied-messages.ts";
import { ACCOUNT, OTHER_ACCOUNT } from "../../../support/start-server.ts";
import { ALL_OPERATIONS, altered, type PlantedBug } from "../../planted-bug.ts";

const basic = (username: string, password: string) =>
  `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;

const ownerOf = ({ path }: ProxiedRequest) => (path["storeId"] === OTHER_ACCOUNT.storeId ? OTHER_ACCOUNT : ACCOUNT);

const asOwner = (request: ProxiedRequest) => {
  const { username, password } = ownerOf(request);
  return request.withHeader("Authorization", basic(username, password));
};

const credentialsOf = (request: ProxiedRequest) => {
  const [scheme = "", encoded = ""] = (request.header("authorization") ?? "").split(" ");
  const [username = "", ...rest] = Buffer.from(encoded, "base64").toString().split(":");
  return { scheme, username, password: rest.join(":") };
};

const AUTHENTICATED = ALL_OPERATIONS.filter((id) => id !== "uploadImportFile");

/** Sends some requests that are not authenticated with the credentials of the store. */
function trusting(when: (request: ProxiedRequest) => boolean, status = 401): () => Fault {
  return () => async (request, forward) => {
    const response = await forward(request);
    const isTrusted =
      response.status === status &&
      request.operation !== undefined &&
      request.path["storeId"] !== undefined &&
      when(request);
    return isTrusted ? forward(asOwner(request)) : response;
  };
}

/** Credentials, and access to the resources of another account. */
export const CREDENTIAL_BUGS: readonly PlantedBug[] = [
  {
    name: "credentials-optional",
    breaks: "A request without credentials is accepted.",
    in: AUTHENTICATED,
    foundBy: ["authentication"],
    fault: trusting((request) => request.header("authorization") === undefined),
  },
  {
    name: "credentials-optional-for-reads",
    breaks: "A GET without credentials is accepted.",
    in: ["listProfiles", "fetchProfile", "listProfileImportsV2", "fetchProfileImportV2"],
    foundBy: ["authentication"],
    fault: trusting((request) => request.method === "GET" && request.header("authorization") === undefined),
  },
  {
    name: "credentials-optional-for-one-operation",
    breaks: "One operation, the batch, does not require credentials.",
    in: ["updateProfilesBulk"],
    foundBy: ["authentication"],
    fault: trusting((request) => request.operation === "updateProfilesBulk"),
  },
  {
    name: "wrong-secret-accepted",
    breaks: "The secret is not checked.",
    in: AUTHENTICATED,
    foundBy: ["authentication"],
    fault: trusting((request) => {
      const { scheme, username } = credentialsOf(request);
      return scheme === "Basic" && [ACCOUNT, OTHER_ACCOUNT].some((account) => account.username === username);
    }),
  },
  {
    name: "user-name-ignored",
    breaks: "A right secret is accepted with any user name.",
    in: AUTHENTICATED,
    foundBy: ["authentication"],
    fault: trusting((request) => credentialsOf(request).password === ownerOf(request).password),
  },
  {
    name: "any-scheme-accepted",
    breaks: "The authentication scheme is not checked.",
    in: AUTHENTICATED,
    foundBy: ["authentication"],
    fault: trusting((request) => /^(?!basic )\S+ \S+/i.test(request.header("authorization") ?? "")),
  },
  {
    name: "scheme-case-sensitive",
    breaks: "The authentication scheme is rejected in lower case.",
    in: AUTHENTICATED,
    foundBy: ["authentication"],
    fault: () => async (request, forward) => {
      const response = await forward(request);
      const isRejected = response.status < 400 && /^basic /.test(request.header("authorization") ?? "");
      return isRejected
        ? errorResponse(401, 20003).withHeader("WWW-Authenticate", 'Basic realm="memory", charset="UTF-8"')
        : response;
    },
  },
  {
    name: "store-of-other-account-open",
    breaks: "The store of another account can be read and written.",
    in: AUTHENTICATED,
    foundBy: ["authentication"],
    fault: trusting(() => true, 403),
  },
  {
    name: "store-of-other-account-readable",
    breaks: "The profiles of another account's store can be listed.",
    in: ["listProfiles"],
    foundBy: ["authentication"],
    fault: trusting((request) => request.operation === "listProfiles", 403),
  },
  {
    name: "store-of-other-account-404",
    breaks: "Another account's store returns 404 instead of 403.",
    in: AUTHENTICATED,
    foundBy: ["authentication"],
    fault: altered(AUTHENTICATED, 403, () => errorResponse(404, 520041)),
  },
  {
    name: "wrong-credentials-403",
    breaks: "Wrong credentials return 403 instead of 401.",
    in: AUTHENTICATED,
    foundBy: ["authentication"],
    fault: altered(AUTHENTICATED, 401, () => errorResponse(403, 403)),
  },
  {
    name: "profile-of-other-store-readable",
    breaks: "A profile can be fetched through another store.",
    in: ["fetchProfile"],
    foundBy: ["authentication"],
    fault: () => async (request, forward) => {
      const response = await forward(request);
      if (request.operation !== "fetchProfile" || response.status !== 404) return response;
      const other = request.path["storeId"] === ACCOUNT.storeId ? OTHER_ACCOUNT : ACCOUNT;
      const target = `/v1/Stores/${other.storeId}/Profiles/${request.path["profileId"]}`;
      const found = await forward(
        request.with({ target }).withHeader("Authorization", basic(other.username, other.password)),
      );
      return found.status === 200 ? found : response;
    },
  },
  {
    name: "import-of-other-store-readable",
    breaks: "An import can be fetched through another store.",
    in: ["fetchProfileImportV2"],
    foundBy: ["authentication", "imports"],
    fault: () => async (request, forward) => {
      const response = await forward(request);
      if (request.operation !== "fetchProfileImportV2" || response.status !== 404) return response;
      const other = request.path["storeId"] === ACCOUNT.storeId ? OTHER_ACCOUNT : ACCOUNT;
      const target = `/v1/Stores/${other.storeId}/Profiles/Imports/${request.path["importId"]}`;
      const found = await forward(
        request.with({ target }).withHeader("Authorization", basic(other.username, other.password)),
      );
      return found.status === 200 ? found : response;
    },
  },
  {
    name: "profile-of-other-store-deletable",
    breaks: "A profile can be deleted through another store.",
    in: ["deleteProfile"],
    foundBy: ["authentication"],
    fault: () => async (request, forward) => {
      const response = await forward(request);
      if (request.operation !== "deleteProfile" || response.status !== 404) return response;
      const other = request.path["storeId"] === ACCOUNT.storeId ? OTHER_ACCOUNT : ACCOUNT;
      const target = `/v1/Stores/${other.storeId}/Profiles/${request.path["profileId"]}`;
      const deleted = await forward(
        request.with({ target }).withHeader("Authorization", basic(other.username, other.password)),
      );
      return deleted.status === 202 ? deleted : response;
    },
  },
];
