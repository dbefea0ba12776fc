import type { ProxiedRequest } from "../../../support/proxied-messages.ts";
import { type ALL_OPERATIONS, accepting, type PlantedBug, type When } from "../../planted-bug.ts";

const pageSize = ({ query }: ProxiedRequest) => query.get("pageSize") ?? "";

/** A bound or a rule of the contract that is not enforced. @param when the requests that are accepted */
function loose(
  name: string,
  breaks: string,
  ids: readonly (typeof ALL_OPERATIONS)[number][],
  when: When,
  foundBy: PlantedBug["foundBy"] = ["requests"],
): PlantedBug {
  return { name, breaks, in: ids, foundBy, fault: accepting(ids, when) };
}

/** Invalid queries that are accepted. */
export const INVALID_QUERY_BUGS: readonly PlantedBug[] = [
  loose(
    "page-size-0-accepted",
    "A pageSize below the minimum is accepted.",
    ["listProfiles"],
    (request) => Number(pageSize(request)) < 1,
  ),
  loose(
    "page-size-1001-accepted",
    "A pageSize above the maximum is accepted.",
    ["listProfiles"],
    (request) => Number(pageSize(request)) > 1000,
  ),
  loose(
    "page-size-text-accepted",
    "A pageSize that is not an integer is accepted.",
    ["listProfiles"],
    (request) => !/^-?\d*$/.test(pageSize(request)),
  ),
  loose("order-by-case-ignored", "The values of orderBy are accepted in any case.", ["listProfiles"], ({ query }) =>
    /^(asc|desc)$/i.test(query.get("orderBy") ?? ""),
  ),
  loose(
    "order-by-anything-accepted",
    "Any value of orderBy is accepted.",
    ["listProfiles"],
    ({ query }) => query.has("orderBy") && !/^(asc|desc)$/i.test(query.get("orderBy") ?? ""),
  ),
  loose(
    "long-page-token-accepted",
    "A pageToken longer than maxLength is accepted.",
    ["listProfiles"],
    ({ query }) => (query.get("pageToken")?.length ?? 0) > 500,
  ),
  loose(
    "empty-trait-groups-accepted",
    "An empty traitGroups is accepted.",
    ["fetchProfile"],
    ({ query }) => query.get("traitGroups") === "",
  ),
  loose(
    "long-trait-groups-accepted",
    "A traitGroups longer than maxLength is accepted.",
    ["fetchProfile"],
    ({ query }) => (query.get("traitGroups")?.length ?? 0) > 256,
  ),
];
