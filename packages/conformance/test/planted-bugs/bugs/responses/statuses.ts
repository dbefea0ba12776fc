import { altered, JSON_WRITES, type PlantedBug } from "../../planted-bug.ts";

/** Statuses that the contract does not document. */
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
];
