import { errorResponse } from "../../../support/errors.ts";
import {
  ALL_OPERATIONS,
  accepting,
  altered,
  JSON_WRITES,
  type PlantedBug,
  successOf,
  type When,
} from "../../planted-bug.ts";

const isPlainText: When = (request) => !/^application\/json/i.test(request.header("content-type") ?? "");

const isCoded: When = (request) => /gzip|br|deflate/i.test(request.header("content-encoding") ?? "");

/** Media types, content codings and IDs that are not checked. */
export const INVALID_REQUEST_BUGS: readonly PlantedBug[] = [
  {
    name: "media-type-ignored",
    breaks: "A JSON body with another media type is accepted.",
    in: [...JSON_WRITES],
    foundBy: ["protocol"],
    fault: () => async (request, forward) => {
      const response = await forward(request);
      return response.status === 415 && isPlainText(request) && !isCoded(request)
        ? forward(request.withHeader("Content-Type", "application/json"))
        : response;
    },
  },
  {
    name: "content-coding-ignored",
    breaks: "The content coding of a body is ignored.",
    in: [...JSON_WRITES],
    foundBy: ["protocol"],
    fault: accepting(JSON_WRITES, isCoded, 415),
  },
  {
    name: "body-limit-missing",
    breaks: "A body over the limit of its operation is accepted.",
    in: ["createProfile"],
    foundBy: ["protocol"],
    fault: accepting(["createProfile"], () => true, 413),
  },
  {
    name: "malformed-profile-id-404",
    breaks: "A malformed profile ID returns 404 instead of 400.",
    in: ["fetchProfile", "patchProfileTraits", "deleteProfile"],
    foundBy: ["authentication", "requests"],
    fault: altered(["fetchProfile", "patchProfileTraits", "deleteProfile"], 400, (response, { path }) =>
      /^mem_profile_[0-7][0-9a-z]{25}$/.test(path["profileId"] ?? "") ? response : errorResponse(404, 20404),
    ),
  },
  {
    name: "malformed-import-id-404",
    breaks: "A malformed import ID returns 404 instead of 400.",
    in: ["fetchProfileImportV2"],
    foundBy: ["authentication", "requests"],
    fault: altered(["fetchProfileImportV2"], 400, () => errorResponse(404, 20404)),
  },
  {
    name: "malformed-store-id-404",
    breaks: "A malformed store ID returns 404 instead of 400.",
    in: [...ALL_OPERATIONS],
    foundBy: ["authentication", "requests"],
    fault: altered("any", 400, (response) =>
      Object(response.json).code === 520049 ? errorResponse(404, 520041) : response,
    ),
  },
  {
    name: "profile-id-case-ignored",
    breaks: "A profile ID in upper case is another spelling of the ID.",
    in: ["fetchProfile"],
    foundBy: ["authentication", "requests"],
    fault: altered(["fetchProfile"], 400, (response, request) => {
      const id = request.path["profileId"] ?? "";
      return id !== id.toLowerCase() && /^mem_profile_[0-7][0-9a-z]{25}$/i.test(id) ? successOf(request) : response;
    }),
  },
  {
    name: "store-id-prefix-ignored",
    breaks: "A store ID with another prefix is read as a store ID.",
    in: ["listProfiles"],
    foundBy: ["authentication", "requests"],
    fault: altered(["listProfiles"], 400, (response, request) =>
      /^mem_(?!(store|service)_)[a-z]+_[0-7][0-9a-z]{25}$/.test(request.path["storeId"] ?? "")
        ? successOf(request)
        : response,
    ),
  },
];
