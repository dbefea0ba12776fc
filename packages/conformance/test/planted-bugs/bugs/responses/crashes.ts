import { errorResponse } from "../../../support/errors.ts";
import type { Fault } from "../../../support/faulty-proxy.ts";
import { type ProxiedRequest, ProxiedResponse } from "../../../support/proxied-messages.ts";
import { JSON_WRITES, type PlantedBug, stringsOf, type When } from "../../planted-bug.ts";

/** Fails with 500 where a correct server does not. */
function failing(when: When): () => Fault {
  return () => (request, forward) =>
    when(request) ? Promise.resolve(errorResponse(500, 20500, "The service failed.")) : forward(request);
}

const isWrite: When = ({ operation }) => operation !== undefined && JSON_WRITES.some((id) => id === operation);

const hasString = (pattern: RegExp) => (request: ProxiedRequest) =>
  isWrite(request) && stringsOf(request.json).some((text) => pattern.test(text));

/** Failures on unusual input. */
export const CRASH_BUGS: readonly PlantedBug[] = [
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
