import { strictMisfit } from "../contract/contract-ajv.ts";
import { contractOperations, fragment, resolved, type Schema } from "../contract/operations.ts";
import type { Exchange } from "./recording-proxy.ts";

/** What of an answer is not as the contract says: its status, a header, or anything in its body. */
export function exchangeFaults({ request, response }: Exchange): string[] {
  const [pathname = ""] = request.target.split("?");
  const operation = contractOperations
    .toSorted((one, other) => Number(one.path.endsWith("}")) - Number(other.path.endsWith("}")))
    .find(({ method, path }) => method === request.method && fits(path, pathname));
  if (operation === undefined) return [`${request.method} ${pathname} is no operation`];
  const answer = operation.responses.find(({ status }) => status === response.status);
  if (answer === undefined) return [`${operation.id} has no ${response.status}`];

  const faults = Object.entries(answer.response.headers ?? {}).map(([name, header]) => {
    const place = "$ref" in header ? header.$ref : `${answer.pointer}/headers/${fragment(name)}`;
    const { required, schema } = resolved<{ required?: boolean; schema: Schema }>(header);
    const [, value] = response.headers.find(([sent]) => sent.toLowerCase() === name.toLowerCase()) ?? [];
    if (value === undefined) return required ? `${name} is missing` : undefined;
    return strictMisfit(`${place}/schema`, resolved<Schema>(schema).type === "integer" ? Number(value) : value);
  });
  if (answer.response.content === undefined) faults.push(response.body === "" ? undefined : "there is a body");
  else {
    const schema = `${answer.pointer}/content/application~1json/schema`;
    faults.push(strictMisfit(schema, JSON.parse(response.body)));
  }
  return faults.filter((fault) => fault !== undefined).map((fault) => `${operation.id} ${response.status}: ${fault}`);
}

function fits(template: string, pathname: string): boolean {
  return new RegExp(`^${template.replaceAll(/\{\w+\}/g, "[^/]+")}$`).test(pathname);
}
