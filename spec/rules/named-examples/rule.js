/** @import { Oas3Rule } from "@redocly/openapi-core" */

const camelCase = /^[a-z][A-Za-z0-9]*$/;

/**
 * The mock answers with an example by its name, the documentation lists examples by their summary, and the tests send
 * them: a body without a named example is one that nobody can ask for. Redirects and errors always have a body, so one
 * without `content` hides it; only a success may have none.
 *
 * @type {Oas3Rule}
 */
export const namedExamples = () => ({
  RequestBody: { MediaType },
  Response: { MediaType },
  Responses(responses, { report, resolve, location }) {
    for (const [status, response] of Object.entries(responses)) {
      if (!/^[345]/.test(status) || Object.keys(resolve(response).node?.content ?? {}).length > 0) continue;
      report({
        message: `Add content with named examples to ${status}: only a 2xx may be without a body.`,
        location: location.child(status).key(),
      });
    }
  },
});

/**
 * @param {import("@redocly/openapi-core").Oas3MediaType} mediaType
 * @param {import("@redocly/openapi-core").UserContext} context
 */
function MediaType(mediaType, { report, resolve, location }) {
  if (mediaType.example !== undefined) {
    report({ message: "Write examples, each with a name, not example.", location: location.child("example").key() });
  }
  const examples = Object.entries(mediaType.examples ?? {});
  if (examples.length === 0) report({ message: "Add examples, each with a name in camelCase and a summary." });
  for (const [name, example] of examples) {
    const place = location.child(["examples", name]).key();
    if (!camelCase.test(name)) {
      report({ message: `Rename the example "${name}" in camelCase, such as "notFound".`, location: place });
    }
    if (!resolve(example).node?.summary) {
      report({ message: `Add a summary to the example "${name}".`, location: place });
    }
  }
}
