import { checkParameter, numericParameters } from "#generated/check-request.js";
import { badRequest, malformedStoreId, wrongUploadSignature } from "../../operations/api-error.ts";
import { explainMismatch } from "./explain-mismatch.ts";

/** For each name of a parameter, the name of its schema in the contract. */
type Parameters = Readonly<Record<string, string>>;

/**
 * @param given the parameters that the router found in the path
 * @throws {ApiError} 400 for the first that does not match its schema, with code 520049 for a store ID
 */
export function readPath(parameters: Parameters, given: unknown): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const [name, schema] of Object.entries(parameters)) {
    const value: unknown = Reflect.get(Object(given), name);
    const fault = faultOf(name, schema, value);
    if (fault !== undefined) throw schema === "StoreId" ? malformedStoreId(fault) : badRequest(fault);
    values[name] = String(value);
  }
  return values;
}

/**
 * Reads the query parameters of the contract and ignores all others.
 *
 * @throws {ApiError} 400 for the first that does not match its schema or occurs more than once; 403 if it is the token of an upload
 */
export function readQuery(parameters: Parameters, url: string): Readonly<Record<string, unknown>> {
  const begin = url.indexOf("?");
  const query = new URLSearchParams(begin < 0 ? "" : url.slice(begin + 1));
  const values: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(parameters)) {
    const [given, ...others] = query.getAll(name);
    if (given === undefined) continue;
    const value = numericParameters.has(schema) && /^-?\d+$/.test(given) ? Number(given) : given;
    const fault = others.length > 0 ? `${name}: is there more than once` : faultOf(name, schema, value);
    // A token that was not issued is not signed, whatever its form.
    if (fault !== undefined) throw schema === "UploadToken" ? wrongUploadSignature() : badRequest(fault);
    values[name] = value;
  }
  return values;
}

function faultOf(name: string, schema: string, value: unknown): string | undefined {
  const check = checkParameter[schema];
  if (check === undefined) throw new Error(`The contract has no schema ${schema}.`);
  if (check(value)) return undefined;
  const [error] = check.errors ?? [];
  return error && explainMismatch(name, error);
}
