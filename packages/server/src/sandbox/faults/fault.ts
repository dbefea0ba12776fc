import { badRequest } from "../../api-error.ts";

/**
 * What can go wrong with one exchange.
 *
 * - `status`: it is refused; `retryAfter` in whole seconds
 * - `latency`: so many real milliseconds pass before it is looked at, which it never is if its caller gives up meanwhile
 * - `reset`: the connection breaks off before the request takes effect
 * - `truncate`: the request takes effect; of the answer's body so many bytes arrive, or half of them, then the connection breaks off
 * - `slow`: the request takes effect; the answer's body trickles
 */
export type Fault =
  | { readonly kind: "status"; readonly status: 429 | 503; readonly retryAfter?: number }
  | { readonly kind: "latency"; readonly ms: number }
  | { readonly kind: "reset" }
  | { readonly kind: "truncate"; readonly bytes?: number }
  | { readonly kind: "slow"; readonly bytesPerSecond: number };

/**
 * Reads the fault that a request asks for itself: `status=503`, `latency=250`, `reset`, `truncate`, `truncate=20`, `slow=100`.
 *
 * @throws {ApiError} if it says anything else
 */
export function readFault(text: string): Fault {
  const [kind, value] = text.trim().split("=");
  const number = value !== undefined && /^\d{1,9}$/.test(value) ? Number(value) : undefined;
  if (kind === "status" && (number === 429 || number === 503)) return { kind, status: number };
  if (kind === "latency" && number !== undefined) return { kind, ms: number };
  if (kind === "reset" && value === undefined) return { kind };
  if (kind === "truncate" && value === undefined) return { kind };
  if (kind === "truncate" && number) return { kind, bytes: number };
  if (kind === "slow" && number) return { kind, bytesPerSecond: number };
  throw badRequest(
    `The header ${FAULT_HEADER} takes status=429, status=503, latency=<ms>, reset, truncate, truncate=<bytes> or slow=<bytes per second>`,
  );
}

/** Header of a request that asks for a fault, for this one time. */
export const FAULT_HEADER = "Memory-Sandbox-Fault";
