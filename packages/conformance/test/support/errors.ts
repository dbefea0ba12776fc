import { Contract } from "../../src/contract/contract.ts";
import { jsonResponse, type ProxiedResponse } from "./proxied-messages.ts";

const { codes, baseUrl } = new Contract().errorTable;

/** The body of an error as the contract describes it. @param code by default, the first code of the status */
export function errorBody(status: number, code = codes.get(status)?.[0] ?? status, message = "The request failed.") {
  return { code, message, more_info: `${baseUrl}${code}`, status };
}

/** A correct error response. */
export function errorResponse(status: number, code?: number, message?: string): ProxiedResponse {
  return jsonResponse(status, errorBody(status, code, message));
}
