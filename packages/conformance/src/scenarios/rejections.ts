import type { OperationId } from "@memory-api/types";
import type { Source, Violation } from "../findings/finding.ts";
import { type Exchange, type HttpRequest, jsonOf } from "../http/exchange.ts";
import { UnreachableError } from "../http/http-connection.ts";
import { describeResponse, type Session } from "./session.ts";
import { StopScenario } from "./stop-scenario.ts";

/** How a request must be rejected. */
export interface Rejection {
  readonly operationId?: OperationId;
  readonly subject: string;
  /** What is wrong with the request, if the subject does not say it. */
  readonly because?: string;
  readonly statuses: readonly number[];
  /** The error codes of the contract for it. @default any */
  readonly codes?: readonly number[];
  readonly source: Source;
  /** The check that fails if the request is not rejected. */
  readonly ifAccepted: string;
  /** The check that fails if it is rejected in another way. @default "wrong-error" */
  readonly ifOther?: string;
}

/** The target is busy, which says nothing about the request. */
const BUSY = [429, 503];

/** Whether a response says nothing about its request, because the target is busy or failed. Other checks report a failure. */
export function isInconclusive({ response: { status } }: Exchange): boolean {
  return BUSY.includes(status) || status >= 500;
}

/** @returns whether the request was rejected as it must be */
export function expectRejection(
  session: Session,
  exchange: Exchange,
  rejection: Rejection,
  evidence: readonly Exchange[] = [exchange],
): boolean {
  if (isInconclusive(exchange)) return true;
  const { statuses, codes, ifAccepted, ifOther = "wrong-error", because, ...rest } = rejection;
  const { status } = exchange.response;
  const { code } = Object(jsonOf(exchange.response));
  const isRejected = status >= 400;
  // A body without a code is a finding of the response checks already.
  const hasCode = codes === undefined || code === undefined || codes.includes(code);
  if (statuses.includes(status) && hasCode) return true;
  const expected = `status ${statuses.join(" or ")}${codes === undefined ? "" : ` with code ${codes.join(" or ")}`}${because === undefined ? "" : ` for ${because}`}`;
  const received = isRejected ? `${describeResponse(exchange)} (code ${code})` : describeResponse(exchange);
  session.report({ ...rest, code: isRejected ? ifOther : ifAccepted, expected, received }, evidence);
  return false;
}

/**
 * Sends a request that an implementation may not expect. If there is no response, that is a violation, and ends the scenario but not the
 * run: an implementation that hangs would otherwise take the whole timeout for every similar request.
 */
export async function sendUnusual(
  session: Session,
  request: HttpRequest,
  subject: string,
  id?: OperationId,
): Promise<Exchange> {
  try {
    return await session.sendRaw(request, id);
  } catch (error) {
    if (!(error instanceof UnreachableError)) throw error;
    // Throws if the implementation does not respond to other requests, either.
    await session.send("listProfiles");
    const response = { status: 0, headers: {}, body: new Uint8Array() };
    const violation: Violation = {
      code: "no-response",
      ...(id !== undefined && { operationId: id }),
      subject,
      expected: "a response of the contract",
      received: error.message.slice(0, 500),
      source: { kind: "contract", pointer: "/info/description" },
    };
    session.report(violation, [{ request, response, ms: 0 }]);
    throw new StopScenario(violation.code);
  }
}
