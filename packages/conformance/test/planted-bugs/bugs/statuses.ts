import type { Fault } from "../faulty-proxy.ts";
import { errorResponse, type ProxiedRequest, ProxiedResponse } from "../messages.ts";
import { ALL_OPERATIONS, altered, JSON_WRITES, type PlantedBug, stringsOf, type When } from "../planted-bug.ts";

/** Fails with 500 where a correct server does not. */
function failing(when: When): () => Fault {
  return () => (request, forward) =>
    when(request) ? Promise.resolve(errorResponse(500, 20500, "The service failed.")) : forward(request);
}

const isWrite: When = ({ operation }) => operation !== undefined && JSON_WRITES.some((id) => id === operation);
const hasString = (pattern: RegExp) => (request: ProxiedRequest) =>
  isWrite(request) && stringsOf(request.json).some((text) => pattern.test(text));
/** Statuses that the contract does not document, and failures on unusual input. */
export const STATUS_BUGS: readonly PlantedBug[] = [
  {
    name: "create-200",
    breaks: "A create returns 200 instead of 202.",
    in: ["createProfile"],
    foundBy: ["smoke", "model"],
    fault: altered(["createProfile"], 202, (response) => response.withStatus(200)),
  },
  {
    name: "patch-204",
    breaks: "A patch returns 204 without a body instead of 202.",
    in: ["patchProfileTraits"],
    foundBy: ["smoke", "model"],
    fault: altered(["patchProfileTraits"], 202, (response) => response.withStatus(204).withoutBody()),
  },
  {
    name: "delete-200",
    breaks: "A delete returns 200 instead of 202.",
    in: ["deleteProfile"],
    foundBy: ["smoke", "model"],
    fault: altered(["deleteProfile"], 202, (response) => response.withStatus(200)),
  },
  {
    name: "import-created-200",
    breaks: "Creating an import returns 200 instead of 201.",
    in: ["createProfilesImportV2"],
    foundBy: ["imports"],
    fault: altered(["createProfilesImportV2"], 201, (response) => response.withStatus(200)),
  },
  {
    name: "upload-204",
    breaks: "An upload returns 204 instead of 200.",
    in: ["uploadImportFile"],
    foundBy: ["imports"],
    fault: altered(["uploadImportFile"], 200, (response) => response.withStatus(204)),
  },
  {
    name: "missing-profile-410",
    breaks: "A profile that does not exist returns 410 instead of 404.",
    in: ["fetchProfile"],
    foundBy: ["authentication", "model"],
    fault: altered(["fetchProfile"], 404, (response) => response.withStatus(410).withProperties({ status: 410 })),
  },
  {
    name: "invalid-body-422",
    breaks: "A body that does not match its schema returns 422 instead of 400.",
    in: [...JSON_WRITES],
    foundBy: ["protocol"],
    fault: altered(JSON_WRITES, 400, (response) => response.withStatus(422).withProperties({ status: 422 })),
  },
  {
    name: "missing-profile-200-null",
    breaks: "A profile that does not exist returns 200 with null.",
    in: ["fetchProfile"],
    foundBy: ["authentication", "model"],
    fault: altered(["fetchProfile"], 404, (response) => response.withStatus(200).withBody("null")),
  },
  {
    name: "crash-on-astral-character",
    breaks: "A character outside the Basic Multilingual Plane causes a 500.",
    in: ["createProfile", "patchProfileTraits", "updateProfilesBulk"],
    foundBy: ["requests"],
    fault: failing(hasString(/[\u{10000}-\u{10ffff}]/u)),
  },
  {
    name: "crash-on-nul",
    breaks: "A NUL character in a string causes a 500, as in a database that cannot store it.",
    in: ["createProfile", "patchProfileTraits", "updateProfilesBulk"],
    foundBy: ["requests"],
    fault: failing(hasString(/\0/)),
  },
  {
    name: "connection-closed-on-nul",
    breaks: "A NUL character in a string ends the process, and the connection.",
    in: ["createProfile", "patchProfileTraits", "updateProfilesBulk"],
    foundBy: ["requests"],
    fault: () => {
      const isMeant = hasString(/\0/);
      return (request, forward) => (isMeant(request) ? Promise.resolve(new ProxiedResponse(0)) : forward(request));
    },
  },
  {
    name: "crash-on-lone-surrogate",
    breaks: "A lone surrogate in a string causes a 500.",
    in: ["createProfile", "patchProfileTraits", "updateProfilesBulk"],
    foundBy: ["requests"],
    fault: failing(hasString(/\p{Surrogate}/u)),
  },
  {
    name: "crash-on-prototype-name",
    breaks: "A trait or group named like a property of every object causes a 500.",
    in: ["createProfile", "patchProfileTraits", "updateProfilesBulk"],
    foundBy: ["requests"],
    fault: failing(
      (request) => isWrite(request) && /"(__proto__|constructor|toString)"\s*:/.test(request.body.toString()),
    ),
  },
  {
    name: "crash-on-large-number",
    breaks: "A number beyond the safe integers causes a 500.",
    in: [...JSON_WRITES],
    foundBy: ["requests"],
    fault: failing(
      (request) => isWrite(request) && /:\s*-?(\d{16,}|\d[\d.]*e\+?\d{2,})/i.test(request.body.toString()),
    ),
  },
  {
    name: "crash-on-deep-nesting",
    breaks: "A deeply nested body causes a 500.",
    in: [...JSON_WRITES],
    foundBy: ["protocol", "requests"],
    fault: failing((request) => isWrite(request) && /[[{]{50}|({"[^"]*":){50}/.test(request.body.toString())),
  },
  {
    name: "crash-on-invalid-json",
    breaks: "A body that is not valid JSON causes a 500.",
    in: [...JSON_WRITES],
    foundBy: ["protocol"],
    fault: failing((request) => isWrite(request) && request.json === undefined),
  },
  {
    name: "crash-on-array-body",
    breaks: "A body that is not an object causes a 500.",
    in: [...JSON_WRITES],
    foundBy: ["requests"],
    fault: failing(
      (request) =>
        isWrite(request) &&
        request.json !== undefined &&
        (Array.isArray(request.json) || Object(request.json) !== request.json),
    ),
  },
  {
    name: "crash-on-page-token",
    breaks: "A page token that cannot be decoded causes a 500.",
    in: ["listProfiles"],
    foundBy: ["paging", "parameters"],
    fault: () => async (request, forward) => {
      const response = await forward(request);
      const isBad = request.operation === "listProfiles" && request.query.has("pageToken") && response.status === 400;
      return isBad ? errorResponse(500, 20500, "The service failed.") : response;
    },
  },
  {
    name: "crash-on-percent-encoding",
    breaks: "A malformed percent-encoding in the path causes a 500.",
    in: ["routes"],
    foundBy: ["protocol"],
    fault: failing(({ target }) => /%(?![0-9a-f]{2})|%ff/i.test(target.split("?")[0] ?? "")),
  },
  {
    name: "crash-without-content-type",
    breaks: "A body without Content-Type causes a 500.",
    in: [...JSON_WRITES],
    foundBy: ["protocol"],
    fault: failing((request) => isWrite(request) && request.header("content-type") === undefined),
  },
  {
    name: "crash-after-delete",
    breaks: "Fetching a profile after it was deleted causes a 500.",
    in: ["fetchProfile"],
    foundBy: ["model"],
    fault: () => {
      const deleted = new Set<string | undefined>();
      return async (request, forward) => {
        const response = await forward(request);
        const { profileId } = request.path;
        if (request.operation === "deleteProfile" && response.status === 202) deleted.add(profileId);
        const isCrash = request.operation === "fetchProfile" && response.status === 404 && deleted.has(profileId);
        return isCrash ? errorResponse(500, 20500, "The service failed.") : response;
      };
    },
  },
];

/** Operations with a JSON body for a success. */
const WITH_BODY = ALL_OPERATIONS.filter((id) => id !== "uploadImportFile");

/** Bodies of successes that do not match their schemas. */
export const BODY_BUGS: readonly PlantedBug[] = [
  {
    name: "success-as-text",
    breaks: "Successful responses have the media type text/plain.",
    in: [...WITH_BODY],
    foundBy: ["smoke", "model"],
    fault: altered(WITH_BODY, "any", (response) =>
      response.status < 300 ? response.withHeader("Content-Type", "text/plain") : response,
    ),
  },
  {
    name: "created-without-message",
    breaks: "The response to a create has no message.",
    in: ["createProfile"],
    foundBy: ["smoke", "model"],
    fault: altered(["createProfile"], 202, (response) => response.withProperties({ message: undefined })),
  },
  {
    name: "message-too-long",
    breaks: "The message of a batch is longer than its maxLength.",
    in: ["updateProfilesBulk"],
    foundBy: ["smoke", "model"],
    fault: altered(["updateProfilesBulk"], 202, (response) => response.withProperties({ message: "x".repeat(5000) })),
  },
  {
    name: "created-at-epoch",
    breaks: "The createdAt of a profile is a number.",
    in: ["fetchProfile"],
    foundBy: ["smoke", "model"],
    fault: altered(["fetchProfile"], 200, (response) => response.withProperties({ createdAt: 1_770_000_000_000 })),
  },
  {
    name: "created-at-without-zone",
    breaks: "The createdAt of a profile has no time zone.",
    in: ["fetchProfile"],
    foundBy: ["smoke", "model"],
    fault: altered(["fetchProfile"], 200, (response) =>
      response.withProperties({ createdAt: String(Object(response.json).createdAt).replace(/Z$/, "") }),
    ),
  },
  {
    name: "created-at-local-time",
    breaks: "The createdAt of a profile is not in UTC.",
    in: ["fetchProfile"],
    foundBy: ["smoke", "model"],
    fault: altered(["fetchProfile"], 200, (response) =>
      response.withProperties({ createdAt: String(Object(response.json).createdAt).replace(/Z$/, "+02:00") }),
    ),
  },
  {
    name: "fetch-other-id",
    breaks: "A fetch returns another ID than the requested one.",
    in: ["fetchProfile"],
    foundBy: ["smoke", "model"],
    fault: altered(["fetchProfile"], 200, (response) =>
      response.withProperties({ id: "mem_profile_01j00000000000000000000000" }),
    ),
  },
  {
    name: "page-without-key",
    breaks: "The meta of a page has no key.",
    in: ["listProfiles"],
    foundBy: ["smoke", "paging"],
    fault: altered(["listProfiles"], 200, (response) => {
      const { key: _, ...meta } = Object(Object(response.json).meta);
      return response.withProperties({ meta });
    }),
  },
  {
    name: "next-token-null",
    breaks: "The last page has a nextToken of null.",
    in: ["listProfiles"],
    foundBy: ["smoke", "paging"],
    fault: altered(["listProfiles"], 200, (response) => {
      const { meta } = Object(response.json);
      return response.withProperties({ meta: { nextToken: null, ...meta } });
    }),
  },
  {
    name: "ids-without-prefix",
    breaks: "A list contains IDs without their prefix.",
    in: ["listProfiles"],
    foundBy: ["smoke", "paging"],
    fault: altered(["listProfiles"], 200, (response) =>
      response.withBody(response.body.toString().replaceAll('"mem_profile_', '"')),
    ),
  },
  {
    name: "import-status-lower-case",
    breaks: "The status of an import is in lower case.",
    in: ["fetchProfileImportV2"],
    foundBy: ["imports"],
    fault: altered(["fetchProfileImportV2"], 200, (response) =>
      response.withProperties({ status: String(Object(response.json).status).toLowerCase() }),
    ),
  },
  {
    name: "import-without-filename",
    breaks: "An import has no filename.",
    in: ["fetchProfileImportV2"],
    foundBy: ["imports"],
    fault: altered(["fetchProfileImportV2"], 200, (response) => response.withProperties({ filename: undefined })),
  },
  {
    name: "upload-with-body",
    breaks: "The response to an upload has a body.",
    in: ["uploadImportFile"],
    foundBy: ["imports"],
    fault: altered(["uploadImportFile"], 200, (response) => response.withBody('{"ok":true}', "application/json")),
  },
];
