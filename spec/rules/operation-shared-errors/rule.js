/** @import { Oas3Rule } from "@redocly/openapi-core" */

const always = ["400", "403", "404", "429", "500", "503"];
const withCredentials = ["401"];
const withBody = ["413", "415"];

/**
 * A caller has to handle these errors wherever they can come, so no operation may keep them to itself, and none may
 * threaten with one that cannot come.
 *
 * @type {Oas3Rule}
 */
export const operationSharedErrors = () => ({
  Operation({ requestBody, responses = {}, security }, { report, location }) {
    const open = security?.length === 0;
    const wanted = [...always, ...(open ? [] : withCredentials), ...(requestBody === undefined ? [] : withBody)];
    for (const status of wanted.filter((status) => !Object.hasOwn(responses, status)).sort()) {
      report({
        message: `Document ${status}: add a $ref to its file in components/responses.`,
        location: location.child("responses").key(),
      });
    }
    for (const status of withCredentials.filter((status) => open && Object.hasOwn(responses, status))) {
      report({
        message: `Remove ${status}: with "security: []" there are no credentials to refuse.`,
        location: location.child(["responses", status]).key(),
      });
    }
  },
});
