import type { HttpResponse } from "../../src/http/exchange.ts";
import { jsonResponse } from "./faulty-proxy.ts";

/** A correct error response. */
export function errorResponse(status: number, code: number, headers: Record<string, string[]> = {}): HttpResponse {
  const body = { code, message: "No.", more_info: `https://www.twilio.com/docs/api/errors/${code}`, status };
  return jsonResponse(status, body, headers);
}
