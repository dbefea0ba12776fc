import { ALL_OPERATIONS, altered, type PlantedBug } from "../../planted-bug.ts";

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
