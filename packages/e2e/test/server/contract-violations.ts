import { contractOperations, dereference, pointerToken, type Schema } from "../contract/operations.ts";
import { strictValidationError } from "../contract/validation-error.ts";
import type { Exchange } from "./recording-proxy.ts";

/** Returns how a response differs from the contract: in its status, a header or its body. Empty if it does not differ. */
export function contractViolations({ request, response }: Exchange): string[] {
  const [pathname = ""] = request.target.split("?");
  const operation = contractOperations
    .toSorted((a, b) => Number(a.path.endsWith("}")) - Number(b.path.endsWith("}")))
    .find(({ method, path }) => method === request.method && matches(path, pathname));
  if (operation === undefined) return [`${request.method} ${pathname} is not an operation`];
  const documented = operation.responses.find(({ status }) => status === response.status);
  if (documented === undefined) return [`${operation.id} does not document ${response.status}`];

  const violations = Object.entries(documented.response.headers ?? {}).map(([name, header]) => {
    const pointer = "$ref" in header ? header.$ref : `${documented.pointer}/headers/${pointerToken(name)}`;
    const { required, schema } = dereference<{ required?: boolean; schema: Schema }>(header);
    const [, value] = response.headers.find(([sent]) => sent.toLowerCase() === name.toLowerCase()) ?? [];
    if (value === undefined) return required ? `${name} is missing` : undefined;
    const parsed = dereference<Schema>(schema).type === "integer" ? Number(value) : value;
    return strictValidationError(`${pointer}/schema`, parsed);
  });
  if (documented.response.content === undefined) {
    violations.push(response.body === "" ? undefined : "the response has a body");
  } else {
    const pointer = `${documented.pointer}/content/application~1json/schema`;
    violations.push(strictValidationError(pointer, JSON.parse(response.body)));
  }
  return violations
    .filter((violation) => violation !== undefined)
    .map((violation) => `${operation.id} ${response.status}: ${violation}`);
}

function matches(template: string, pathname: string): boolean {
  return new RegExp(`^${template.replaceAll(/\{\w+\}/g, "[^/]+")}$`).test(pathname);
}
