import { type OperationId, operations } from "@memory-api/types";
import { checkedPath } from "../connection/checked-parameters.ts";
import { InvalidParameterError } from "../errors/invalid-parameter-error.ts";

/** The operation that a request addresses. */
export interface AddressedOperation {
  readonly id: OperationId;
  readonly pathParameters: Record<string, string>;
}

/**
 * Returns the operation of a request by its method and URL, so that it does not matter which middleware of openapi-fetch replaced the
 * request. What precedes the path of the operation is the base URL.
 *
 * @throws {InvalidParameterError} if there is none, as after a path parameter such as `..`, or if a path parameter does not match its pattern
 */
export function operationAt(method: string, pathname: string): AddressedOperation {
  for (const { id, names, pattern } of patternsOf(method)) {
    const match = pattern.exec(pathname);
    if (match === null) continue;
    const given = names.map((name, index) => [name, decodeURIComponent(match[index + 1] ?? "")] as const);
    return { id, pathParameters: checkedPath(id, Object.fromEntries(given)) };
  }
  throw new InvalidParameterError("path", `${method} ${pathname} is not an operation of the Memory API`);
}

interface PathPattern {
  readonly id: OperationId;
  /** Of the path parameters, in the order of their groups. */
  readonly names: readonly string[];
  readonly pattern: RegExp;
}

const compiled = new Map<string, readonly PathPattern[]>();

/** The operations of a method. A literal path precedes a templated one. */
function patternsOf(method: string): readonly PathPattern[] {
  const known = compiled.get(method);
  if (known !== undefined) return known;
  const patterns = Object.values(operations)
    .filter((operation) => operation.method === method)
    .map(({ id, path }) => {
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
      return { id, names, pattern: new RegExp(`${path.replace(/\{\w+\}/g, "([^/]+)")}$`) };
    })
    .sort((one, other) => one.names.length - other.names.length);
  compiled.set(method, patterns);
  return patterns;
}
