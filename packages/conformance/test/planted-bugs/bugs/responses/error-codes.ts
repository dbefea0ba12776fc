import type { ProxiedResponse } from "../../../support/proxied-messages.ts";
import { ALL_OPERATIONS, altered, JSON_WRITES, type PlantedBug } from "../../planted-bug.ts";

const withCode = (response: ProxiedResponse, code: number) =>
  response.withProperties({ code, more_info: `https://www.twilio.com/docs/api/errors/${code}` });

const codeOf = (response: ProxiedResponse) => Number(Object(response.json).code);

/** Errors with another code, or a message that does not name what is wrong. */
export const ERROR_CODE_BUGS: readonly PlantedBug[] = [
  {
    name: "wrong-code-for-missing-profile",
    breaks: "A profile that does not exist has the code of a missing store.",
    in: ["fetchProfile", "patchProfileTraits", "deleteProfile"],
    foundBy: ["authentication", "protocol"],
    fault: altered(["fetchProfile", "patchProfileTraits", "deleteProfile"], 404, (response) =>
      withCode(response, 520041),
    ),
  },
  {
    name: "wrong-code-for-missing-store",
    breaks: "A store that does not exist has the code of a missing profile.",
    in: [...ALL_OPERATIONS],
    foundBy: ["authentication", "protocol"],
    fault: altered("any", 404, (response) => (codeOf(response) === 520041 ? withCode(response, 20404) : response)),
  },
  {
    name: "wrong-code-for-malformed-store",
    breaks: "A malformed store ID has the code 400 instead of 520049.",
    in: [...ALL_OPERATIONS],
    foundBy: ["authentication", "protocol"],
    fault: altered("any", 400, (response) => (codeOf(response) === 520049 ? withCode(response, 400) : response)),
  },
  {
    name: "wrong-code-for-unauthorized",
    breaks: "401 has the code 401 instead of 20003.",
    in: [...ALL_OPERATIONS],
    foundBy: ["authentication", "protocol"],
    fault: altered("any", 401, (response) => withCode(response, 401)),
  },
  {
    name: "wrong-code-for-unknown-trait",
    breaks: "An undeclared trait has the code 520046 instead of 520047.",
    in: ["createProfile", "patchProfileTraits", "updateProfilesBulk"],
    foundBy: ["requests", "model"],
    fault: altered(JSON_WRITES, 400, (response) =>
      codeOf(response) === 520047 ? withCode(response, 520046) : response,
    ),
  },
  {
    name: "wrong-code-for-invalid-json",
    breaks: "A body that is not valid JSON has the code 400 instead of 520046.",
    in: [...JSON_WRITES],
    foundBy: ["authentication", "protocol"],
    fault: altered(JSON_WRITES, 400, (response, { json }) => (json === undefined ? withCode(response, 400) : response)),
  },
  {
    name: "wrong-code-for-too-large",
    breaks: "413 has the code 413 instead of 20413.",
    in: [...JSON_WRITES],
    foundBy: ["authentication", "protocol"],
    fault: altered("any", 413, (response) => withCode(response, 413)),
  },
  {
    name: "bulk-error-without-index",
    breaks: "The message of a rejected batch does not name the index of the invalid item.",
    in: ["updateProfilesBulk"],
    foundBy: ["requests", "model"],
    fault: altered(["updateProfilesBulk"], 400, (response) =>
      response.withProperties({ message: "An item is not valid." }),
    ),
  },
  {
    name: "unknown-trait-unnamed",
    breaks: "The message about an undeclared trait does not name it.",
    in: ["createProfile", "patchProfileTraits"],
    foundBy: ["requests", "model"],
    fault: altered(JSON_WRITES, 400, (response) =>
      codeOf(response) === 520047 ? response.withProperties({ message: "The request is not valid." }) : response,
    ),
  },
];
