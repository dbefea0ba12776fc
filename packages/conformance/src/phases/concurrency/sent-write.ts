import type { OperationId } from "@memory-api/types";
import { type Exchange, jsonOf } from "../../http/exchange.ts";
import { type Call, describeResponse, type Session } from "../../scenarios/session.ts";
import type { Interval, TraitChanges } from "../model/profile-model.ts";

/** A response, and the time between which the request had its effect. */
export interface Timed extends Interval {
  readonly exchange: Exchange;
}

/** Items that were written in one request, which joins the identifiers of each item. */
export interface SentWrite extends Timed {
  readonly items: readonly TraitChanges[];
  /** Absent for a batch, whose response has none. */
  readonly id?: string;
}

/** Sends a request and takes the time, with any time that it waited for a retry. */
export async function sendTimed(session: Session, id: OperationId, call: Call): Promise<Timed> {
  const start = performance.now();
  const exchange = await session.send(id, call);
  return { exchange, start, end: performance.now() };
}

/**
 * @returns the ID of the profile; `undefined` if the write failed, which is reported
 */
export function createdId(session: Session, { exchange }: Timed): string | undefined {
  return isAccepted(session, "createProfile", exchange) ? String(Object(jsonOf(exchange.response)).id) : undefined;
}

/** Reports a write that failed. 503 says that the implementation is busy, and 429 that it limits the rate. */
export function isAccepted(session: Session, operationId: OperationId, exchange: Exchange): boolean {
  const { status } = exchange.response;
  if (status === 202) return true;
  if (status !== 503 && status !== 429) {
    const source = {
      kind: "contract",
      pointer: `${session.contract.operation(operationId).pointer}/description`,
    } as const;
    const received = describeResponse(exchange);
    session.report({ code: "concurrent-write-failed", operationId, expected: "status 202", received, source }, [
      exchange,
    ]);
  }
  return false;
}
