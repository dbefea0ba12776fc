import type { OperationId } from "@memory-api/types";
import { type Exchange, jsonOf } from "../../http/exchange.ts";
import { simpleCall, UNKNOWN_IDS } from "../../scenarios/calls.ts";
import type { Session } from "../../scenarios/session.ts";

/** Sends requests that differ in one parameter, and reports if their effects do not differ. */
export type Probe = (session: Session, parameter: ProbedParameter) => Promise<void>;

export interface ProbedParameter {
  readonly key: string;
  readonly operationId: OperationId;
}

/** Reports a parameter as ignored. */
export function reportIgnored(
  session: Session,
  { key, operationId }: ProbedParameter,
  expected: string,
  received: string,
  evidence: readonly Exchange[],
): void {
  const { pointer } = session.contract.operation(operationId);
  const subject = key.slice(operationId.length + 1);
  const source = { kind: "contract", pointer } as const;
  session.report({ code: "parameter-ignored", operationId, subject, expected, received, source }, evidence);
}

/** A store that does not exist must make a difference. */
export const storeIdProbe: Probe = async (session, parameter) => {
  const { operationId } = parameter;
  const call = await simpleCall(session, operationId);
  const storeId = UNKNOWN_IDS["storeId"] ?? "";
  const setup = [...session.exchanges].slice(0, 1);
  const exchange = await session.send(operationId, { ...call, path: { ...call.path, storeId } });
  if (exchange.response.status >= 300) return;
  reportIgnored(session, parameter, "status 404 for a store that does not exist", "a success", [...setup, exchange]);
};

/** The value at a path of property names in the body of a response. */
export function valueIn({ response }: Exchange, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => Object(value)[name], jsonOf(response));
}

export function shown(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value).slice(0, 300);
}
