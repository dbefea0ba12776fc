import { altered, type PlantedBug } from "../../planted-bug.ts";

/** Redirects of merged profiles with wrong headers. */
export const REDIRECT_HEADER_BUGS: readonly PlantedBug[] = [
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
