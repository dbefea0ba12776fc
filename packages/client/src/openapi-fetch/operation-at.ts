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
  for (const { id, pattern } of patterns()) {
    const match = operations[id].method === method ? pattern.exec(pathname) : null;
    if (match === null) continue;
    const given = Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)] as const);
    return { id, pathParameters: checkedPath(id, Object.fromEntries(given)) };
  }
  throw new InvalidParameterError("path", `${method} ${pathname} is not an operation of the Memory API`);
}

let compiled: { readonly id: OperationId; readonly pattern: RegExp }[] | undefined;

/** A literal path precedes a templated one. */
function patterns() {
  compiled ??= Object.values(operations)
    .sort((one, other) => Object.keys(one.pathParameters).length - Object.keys(other.pathParameters).length)
    .map(({ id, path }) => ({ id, pattern: new RegExp(`${path.replace(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`) }));
  return compiled;
}
