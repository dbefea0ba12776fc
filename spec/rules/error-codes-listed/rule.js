/** @import { Location, Oas3Response, Oas3Rule } from "@redocly/openapi-core" */

/** A row of the table of errors, and an item of the list of those that this contract decides. */
const listedErrors =
  /^(?:\| (?<status>\d{3}) \| (?<code>\d+) \||- `(?<decidedStatus>\d{3})` with code (?<decidedCode>\d+)\b)/gm;

/**
 * Callers switch on `code`, and `info.description` is the only place that lists all codes. Tools read it too.
 *
 * @type {Oas3Rule}
 */
export const errorCodesListed = () => {
  /** @type {Set<string>} */
  const listed = new Set();
  /** @type {Set<string>} */
  const reported = new Set();
  return {
    Root({ info }) {
      for (const { groups } of (info?.description ?? "").matchAll(listedErrors)) {
        const { status, code, decidedStatus, decidedCode } = groups ?? {};
        listed.add(`${status ?? decidedStatus} ${code ?? decidedCode}`);
      }
    },
    Responses(responses, { report, resolve, location }) {
      for (const [status, response] of Object.entries(responses).filter(([key]) => /^[45]\d\d$/.test(key))) {
        if (![...listed].some((error) => error.startsWith(`${status} `))) {
          report({ message: adviceFor(`${status} with its code`), location: location.child(status).key() });
        }
        const { node, place } = follow(response, location.child(status));
        for (const [type, { examples = {} }] of Object.entries(node.content ?? {})) {
          for (const [name, example] of Object.entries(examples)) {
            checkExample(status, follow(example, place.child(["content", type, "examples", name])));
          }
        }
      }

      /**
       * The node that a reference leads to, or the node itself.
       *
       * @param {object} node
       * @param {Location} place of the node
       * @returns {{ node: Partial<Oas3Response & { value: unknown }>, place: Location }}
       */
      function follow(node, place) {
        const target = resolve(node, place.source.absoluteRef);
        return { node: Object(target.node), place: "$ref" in node ? (target.location ?? place) : place };
      }

      /**
       * @param {string} status
       * @param {{ node: { value?: unknown }, place: Location }} example
       */
      function checkExample(status, { node, place }) {
        // Several responses share an example.
        const key = `${place.absolutePointer} ${status}`;
        if (reported.has(key)) return;
        reported.add(key);
        /** @type {{ status?: unknown, code?: unknown }} */
        const body = Object(node.value);
        if (String(body.status) !== status) {
          report({
            message: `Write status: ${status}, the status of the response that has this example.`,
            location: place.child(["value", "status"]),
          });
        } else if (!listed.has(`${status} ${body.code}`)) {
          report({ message: adviceFor(`${status} with code ${body.code}`), location: place.child(["value", "code"]) });
        }
      }
    },
  };
};

/** @param {string} error */
function adviceFor(error) {
  return `Add a line for ${error} to the table of errors in the description of info, in openapi.yaml.`;
}
