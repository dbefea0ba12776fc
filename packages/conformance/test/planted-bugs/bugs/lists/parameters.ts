import { altered, type PlantedBug, rewritten } from "../../planted-bug.ts";

/** Parameters and properties that have no effect. */
export const PARAMETER_BUGS: readonly PlantedBug[] = [
  {
    name: "page-size-ignored",
    breaks: "pageSize has no effect.",
    in: ["listProfiles"],
    foundBy: ["parameters", "paging"],
    fault: () => async (request, forward) => {
      const response = await forward(request);
      const isIgnored =
        request.operation === "listProfiles" && response.status === 200 && request.query.has("pageSize");
      return isIgnored ? forward(request.withQuery("pageSize", undefined)) : response;
    },
  },
  {
    name: "page-token-ignored",
    breaks: "pageToken has no effect: every page is the first.",
    in: ["listProfiles"],
    foundBy: ["parameters", "paging"],
    fault: () => async (request, forward) => {
      const response = await forward(request);
      const isIgnored =
        request.operation === "listProfiles" && response.status === 200 && request.query.has("pageToken");
      return isIgnored ? forward(request.withQuery("pageToken", undefined)) : response;
    },
  },
  {
    name: "order-by-ignored",
    breaks: "orderBy has no effect.",
    in: ["listProfiles"],
    foundBy: ["parameters", "paging"],
    fault: rewritten(["listProfiles"], (request) =>
      request.query.get("orderBy") === "ASC" ? request.withQuery("orderBy", "DESC") : request,
    ),
  },
  {
    name: "order-defaults-to-asc",
    breaks: "Without orderBy, the oldest profiles come first.",
    in: ["listProfiles"],
    foundBy: ["parameters", "paging"],
    fault: rewritten(["listProfiles"], (request) =>
      request.query.has("orderBy") ? request : request.withQuery("orderBy", "ASC"),
    ),
  },
  {
    name: "page-size-defaults-to-10",
    breaks: "Without pageSize, a page has 10 IDs instead of 50.",
    in: ["listProfiles"],
    foundBy: ["parameters", "paging"],
    fault: rewritten(["listProfiles"], (request) =>
      request.query.has("pageSize") ? request : request.withQuery("pageSize", "10"),
    ),
  },
  {
    name: "trait-groups-ignored",
    breaks: "traitGroups has no effect.",
    in: ["fetchProfile"],
    foundBy: ["parameters", "model"],
    fault: () => async (request, forward) => {
      const response = await forward(request);
      const isIgnored =
        request.operation === "fetchProfile" && response.status === 200 && request.query.has("traitGroups");
      return isIgnored ? forward(request.withQuery("traitGroups", undefined)) : response;
    },
  },
  {
    name: "trait-groups-first-only",
    breaks: "Only the first name in traitGroups has an effect.",
    in: ["fetchProfile"],
    foundBy: ["parameters", "model"],
    fault: rewritten(["fetchProfile"], (request) =>
      request.query.get("traitGroups")?.includes(",")
        ? request.withQuery("traitGroups", request.query.get("traitGroups")?.split(",")[0])
        : request,
    ),
  },
  {
    name: "trait-groups-inverted",
    breaks: "traitGroups names the groups to omit.",
    in: ["fetchProfile"],
    foundBy: ["parameters", "model"],
    fault: altered(["fetchProfile"], 200, (response, { query }) =>
      query.get("traitGroups")?.split(",").includes("Contact") ? response.withProperties({ traits: {} }) : response,
    ),
  },
  {
    name: "filename-ignored",
    breaks: "The filename of an import is not kept.",
    in: ["fetchProfileImportV2"],
    foundBy: ["parameters", "imports"],
    fault: altered(["fetchProfileImportV2"], 200, (response) => response.withProperties({ filename: "upload.csv" })),
  },
  {
    name: "mapping-dropped",
    breaks: "The last column mapping of an import has no effect.",
    in: ["createProfilesImportV2"],
    foundBy: ["parameters", "imports"],
    fault: rewritten(["createProfilesImportV2"], (request) => {
      const { columnMappings, ...rest } = Object(request.json);
      const isLong = Array.isArray(columnMappings) && columnMappings.length > 2;
      return isLong ? request.withJson({ ...rest, columnMappings: columnMappings.slice(0, -1) }) : request;
    }),
  },
  {
    name: "mapping-targets-swapped",
    breaks: "The traits of two column mappings are mixed up.",
    in: ["createProfilesImportV2"],
    foundBy: ["parameters", "imports"],
    fault: rewritten(["createProfilesImportV2"], (request) => {
      const { columnMappings, ...rest } = Object(request.json);
      if (!Array.isArray(columnMappings) || columnMappings.length < 2) return request;
      const [first, second, ...others] = columnMappings;
      const swapped = [
        { ...Object(first), columnName: Object(second).columnName },
        { ...Object(second), columnName: Object(first).columnName },
      ];
      return request.withJson({ ...rest, columnMappings: [...swapped, ...others] });
    }),
  },
  {
    name: "trait-ignored-in-create",
    breaks: "A create stores the identifiers only.",
    in: ["createProfile"],
    foundBy: ["parameters", "model"],
    fault: rewritten(["createProfile"], (request) => {
      const { email, phone } = request.contact;
      const isKept = Object.values(request.contact).every((value) => typeof value === "string" && value.length <= 1024);
      return isKept && (email !== undefined || phone !== undefined)
        ? request.withJson({
            traits: {
              ...Object(request.json).traits,
              Contact: { ...(email !== undefined && { email }), ...(phone !== undefined && { phone }) },
            },
          })
        : request;
    }),
  },
  {
    name: "one-trait-ignored",
    breaks: "The trait postalCode is never stored.",
    in: ["createProfile", "patchProfileTraits"],
    foundBy: ["parameters", "model"],
    fault: rewritten(["createProfile", "patchProfileTraits"], (request) =>
      typeof request.contact["postalCode"] === "string" ? request.withContact({ postalCode: undefined }) : request,
    ),
  },
  {
    name: "group-dropped-on-fetch",
    breaks: "A fetch omits a trait group.",
    in: ["fetchProfile"],
    foundBy: ["parameters", "model"],
    fault: altered(["fetchProfile"], 200, (response) => response.withProperties({ traits: {} })),
  },
  {
    name: "meta-page-size-constant",
    breaks: "The pageSize in the meta of a page is always 50.",
    in: ["listProfiles"],
    foundBy: ["parameters", "paging"],
    fault: altered(["listProfiles"], 200, (response) =>
      response.withProperties({ meta: { ...Object(Object(response.json).meta), pageSize: 50 } }),
    ),
  },
  {
    name: "trait-group-case-ignored",
    breaks: "The names in traitGroups match in any case.",
    in: ["fetchProfile"],
    foundBy: ["parameters", "model"],
    fault: rewritten(["fetchProfile"], (request) => {
      const names = request.query.get("traitGroups");
      return names === null ? request : request.withQuery("traitGroups", names.replaceAll(/\bcontact\b/gi, "Contact"));
    }),
  },
];
