import { badRequest } from "../../operations/api-error.ts";
import { type FaultStatus, faultStatuses, isFaultStatus } from "./fault-status.ts";

/**
 * A failure of one request.
 *
 * - `status`: rejects the request with this status; `retryAfter` is in whole seconds
 * - `latency`: delays the request by this many real milliseconds before it is processed; it is dropped if its caller disconnects
 *   meanwhile
 * - `reset`: breaks the connection before the request takes effect
 * - `truncate`: processes the request, then breaks the connection after this many bytes of the response body, by default half of them
 * - `slow`: processes the request, then sends the response body slowly
 */
export type Fault =
  | { readonly kind: "status"; readonly status: FaultStatus; readonly retryAfter?: number }
  | { readonly kind: "latency"; readonly ms: number }
  | { readonly kind: "reset" }
  | { readonly kind: "truncate"; readonly bytes?: number }
  | { readonly kind: "slow"; readonly bytesPerSecond: number };

/**
 * Reads the value of {@link FAULT_HEADER}: `status=503`, `latency=250`, `reset`, `truncate`, `truncate=20` or `slow=100`.
 *
 * @throws {ApiError} 400 for any other value
 */
export function readFault(text: string): Fault {
  const [kind, value] = text.trim().split("=");
  const number = value !== undefined && /^\d{1,9}$/.test(value) ? Number(value) : undefined;
  if (kind === "status" && isFaultStatus(number)) return { kind, status: number };
  if (kind === "latency" && number !== undefined) return { kind, ms: number };
  if (kind === "reset" && value === undefined) return { kind };
  if (kind === "truncate" && value === undefined) return { kind };
  if (kind === "truncate" && number) return { kind, bytes: number };
  if (kind === "slow" && number) return { kind, bytesPerSecond: number };
  throw badRequest(
    `The header ${FAULT_HEADER} must be status=<status>, latency=<ms>, reset, truncate, truncate=<bytes> or slow=<bytes per second>; the statuses are ${faultStatuses.join(", ")}`,
  );
}

/** Header that requests a fault for its own request. */
export const FAULT_HEADER = "Memory-Sandbox-Fault";
