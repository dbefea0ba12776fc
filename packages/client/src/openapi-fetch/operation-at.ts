import { type OperationId, operations } from "@memory-api/types";
import { checkedPath, pathOf } from "../connection/request-url.ts";
import { InvalidParameterError } from "../errors/invalid-parameter-error.ts";

/** The operation that a request addresses. */
export interface AddressedOperation {
  readonly id: OperationId;
  readonly pathParameters: Record<string, string>;
}

/**
 * Returns a path template of the contract with its parameters filled in. No parameter can lead to another path.
 *
 * @param template may begin with a base URL
 * @throws {InvalidParameterError} for the first parameter that is missing or does not match its pattern
 */
export function checkedPathOf(template: string, given: Readonly<Record<string, unknown>>): string {
  const operation = Object.values(operations).find(({ path }) => template.endsWith(path));
  if (operation === undefined) throw unknownPath(template);
  return pathOf(template, checkedPath(operation.id, given));
}

/**
 * Returns the operation of a request by its method and URL, which middleware of openapi-fetch may have changed. The URL can have
 * any base URL before the path of the operation.
 *
 * @throws {InvalidParameterError} if no operation matches, or if a path parameter does not match its pattern
 */
export function operationAt(method: string, pathname: string): AddressedOperation {
  for (const { id, names, pattern } of patternsOf(method)) {
    const match = pattern.exec(pathname);
    if (match === null) continue;
    return { id, pathParameters: checkedPath(id, Object.fromEntries(names.map((name, at) => [name, match[at + 1]]))) };
  }
  throw unknownPath(`${method} ${pathname}`);
}

interface PathPattern {
  readonly id: OperationId;
  /** Names of the path parameters, in the order of the path. */
  readonly names: readonly string[];
  readonly pattern: RegExp;
}

const compiled = new Map<string, readonly PathPattern[]>();

/**
 * The operations of a method. At the first segment that differs, a literal precedes a template: its brace follows every character
 * of a literal.
 */
function patternsOf(method: string): readonly PathPattern[] {
  const known = compiled.get(method);
  if (known !== undefined) return known;
  const patterns = Object.values(operations)
    .filter((operation) => operation.method === method)
    .sort((one, other) => (one.path < other.path ? -1 : 1))
    .map(({ id, path }) => {
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
      return { id, names, pattern: new RegExp(`${path.replace(/\{\w+\}/g, "([^/]+)")}$`) };
    });
  compiled.set(method, patterns);
  return patterns;
}

function unknownPath(path: string): InvalidParameterError {
  return new InvalidParameterError("path", `${path} is not an operation of the Memory API`);
}
