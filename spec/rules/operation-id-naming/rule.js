/** @import { Oas3Rule } from "@redocly/openapi-core" */

const verbs = ["list", "fetch", "create", "patch", "update", "delete", "upload"];
const convention = new RegExp(`^(${verbs.join("|")})[A-Z][A-Za-z0-9]*$`);

/**
 * The operation ID names the method of the client, the handler of the server and the page of the documentation, so the
 * same few verbs have to mean the same thing everywhere.
 *
 * @type {Oas3Rule}
 */
export const operationIdNaming = () => ({
  Operation({ operationId }, { report, location }) {
    if (operationId === undefined || convention.test(operationId)) return;
    report({
      message: `Rename "${operationId}": one of the verbs ${verbs.join(", ")}, then a noun in camelCase of letters and digits, such as "fetchProfile".`,
      location: location.child("operationId"),
    });
  },
});
