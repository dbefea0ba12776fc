import { Contract } from "../../src/contract/contract.ts";
import type { HttpResponse } from "../../src/http/exchange.ts";
import { jsonResponse } from "./faulty-proxy.ts";

const { codes, baseUrl } = new Contract().errorTable;

/** The body of an error as the contract describes it. @param code by default, the first code of the status */
export function errorBody(status: number, code = codes.get(status)?.[0] ?? status) {
  return { code, message: "No.", more_info: `${baseUrl}${code}`, status };
}

/** A correct error response. */
export function errorResponse(status: number, code?: number, headers: Record<string, string[]> = {}): HttpResponse {
  return jsonResponse(status, errorBody(status, code), headers);
}
