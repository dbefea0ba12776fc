/** @import { Oas3MediaType, Oas3Response, Oas3Rule } from "@redocly/openapi-core" */

/** A row of the table of errors, and an item of the list of those that this contract decides. */
const listedErrors = /^(?:\| (?<status>\d{3}) \| (?<code>\d+) \||- `(?<decidedStatus>\d{3})` with code (?<decidedCode>\d+)\b)/gm;

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
          report({
            message: `Add a line for ${status} with its code to the table of errors in the description of info, in openapi.yaml.`,
            location: location.child(status).key(),
          });
        }
        const target = resolve(response);
        const { content = {} } = /** @type {Partial<Oas3Response>} */ (target.node ?? {});
        const from = target.location?.source.absoluteRef;
        for (const { examples = {} } of /** @type {Oas3MediaType[]} */ (Object.values(content))) {
          for (const example of Object.values(examples)) {
            const found = resolve(example, from);
            const { value } = /** @type {{ value?: unknown }} */ (found.node ?? {});
            const error = `${Reflect.get(Object(value), "status")} ${Reflect.get(Object(value), "code")}`;
            // Several responses share an example.
            const key = `${found.location?.absolutePointer} ${status}`;
            if (found.location === undefined || reported.has(key)) continue;
            reported.add(key);
            if (!error.startsWith(`${status} `)) {
              report({
                message: `Write status: ${status}, the status of the response that has this example.`,
                location: found.location.child(["value", "status"]),
              });
            } else if (!listed.has(error)) {
              const [, code] = error.split(" ");
              report({
                message: `Add a line for ${status} with code ${code} to the table of errors in the description of info, in openapi.yaml.`,
                location: found.location.child(["value", "code"]),
              });
            }
          }
        }
      }
    },
  };
};
