import type { OperationId } from "@memory-api/types";
import fc from "fast-check";
import { type Judgement, judgeBody } from "../../contract/judge-body.ts";
import { bodyLimitOf } from "../../contract/prose-rules.ts";
import type { Violation } from "../../findings/finding.ts";
import { type Exchange, jsonOf } from "../../http/exchange.ts";
import { declaredBy } from "../../scenarios/people.ts";
import { expectRejection, isInconclusive, sendUnusual } from "../../scenarios/rejections.ts";
import { type Call, describeResponse, type Session } from "../../scenarios/session.ts";
import { personalize } from "./personalize.ts";

/** What the requests of a scenario have in common. */
export interface Trial {
  readonly session: Session;
  readonly id: OperationId;
  /** Path parameters of resources that exist. */
  readonly call: Call;
  /** The exchanges that created them. */
  readonly setup: readonly Exchange[];
}

/** A request, and what the contract says about its body. */
export interface Tried {
  readonly exchange: Exchange;
  readonly judgement: Judgement;
}

/** Sends a generated body, with people of its own. @param what describes the body */
export async function tryGenerated(trial: Trial, generated: unknown, what: string): Promise<Tried | undefined> {
  return tryBody(trial, personalize(trial.session, trial.id, generated, declaredBy(trial.session)), what);
}

/**
 * Sends a body to an operation, and checks that it is accepted or rejected as the contract says.
 *
 * @param what describes the body
 * @returns `undefined` if it was not sent
 */
export async function tryBody(trial: Trial, body: unknown, what: string): Promise<Tried | undefined> {
  const { session, id, call, setup } = trial;
  const text = JSON.stringify(body);
  // A body of unusual characters may be longer than the limit, though each of its parts is not.
  if (text.length * 3 > bodyLimitOf(id) && Buffer.byteLength(text) > bodyLimitOf(id)) return undefined;
  const judgement = judgeBody(session.contract, id, body, declaredBy(session));
  const exchange = await sendUnusual(session, session.requestOf(id, { ...call, body: text }), what, id);
  if (judgement.kind === "valid") expectAcceptance(session, id, exchange, what, setup);
  if (judgement.kind === "invalid") expectInvalid(trial, exchange, judgement);
  return { exchange, judgement };
}

function expectInvalid(
  { session, id, setup }: Trial,
  exchange: Exchange,
  judgement: Judgement & { kind: "invalid" },
): void {
  const { subject, reason, codes, pointer, mentions } = judgement;
  const source = { kind: "contract", pointer } as const;
  const evidence = [...setup, exchange];
  const rejection = { operationId: id, subject, because: reason, statuses: [400], codes, source };
  if (!expectRejection(session, exchange, { ...rejection, ifAccepted: "invalid-request-accepted" }, evidence)) return;
  const { message } = Object(jsonOf(exchange.response));
  if (mentions === undefined || isInconclusive(exchange) || String(message).includes(mentions)) return;
  const violation = { code: "unspecific-error-message", operationId: id, subject, source };
  session.report({ ...violation, expected: `a message that names ${mentions}`, received: String(message) }, evidence);
}

export function expectAcceptance(
  session: Session,
  id: OperationId,
  exchange: Exchange,
  subject: string,
  setup: readonly Exchange[],
): void {
  if (isInconclusive(exchange) || exchange.response.status < 300) return;
  const { pointer } = session.contract.operation(id);
  const violation = { code: "valid-request-rejected", operationId: id, subject, expected: "a 2xx status" };
  const source = { kind: "contract", pointer } as const;
  session.report({ ...violation, received: describeResponse(exchange), source }, [...setup, exchange]);
}

/** Requests that are sent to find a smaller value that fails too. */
const MAX_SHRINKS = 50;

/** Tries random values. Of the first one that fails, reports the smallest version that still does. */
export async function tryRandom<Value>(
  trial: Trial,
  values: fc.Arbitrary<Value>,
  { seed, runs }: { readonly seed: number; readonly runs: number },
  attempt: (value: Value) => Promise<unknown>,
): Promise<void> {
  const { violations, exchanges } = trial.session;
  let failure: { readonly violation: Violation; readonly evidence: readonly Exchange[] }[] | undefined;
  let shrinks = 0;
  let thrown: { readonly error: unknown } | undefined;
  const property = fc.asyncProperty(values, async (value) => {
    // Otherwise, fast-check would go on to derive smaller values, which blocks the process for long if the value is large.
    if (thrown !== undefined || (failure !== undefined && shrinks++ >= MAX_SHRINKS))
      throw new fc.PreconditionFailure(true);
    const before = violations.length;
    try {
      await attempt(value);
    } catch (error) {
      thrown = { error };
    }
    const found = violations.splice(before);
    if (found.length === 0) return thrown === undefined;
    failure = found.map(({ violation, exchanges: evidence }) => {
      const isWhole = evidence.length > trial.setup.length + 1;
      return { violation, evidence: isWhole ? [...trial.setup, ...exchanges.slice(-1)] : evidence };
    });
    return false;
  });
  await fc.check(property, { seed, numRuns: runs });
  for (const { violation, evidence } of failure ?? []) trial.session.report(violation, evidence);
  if (thrown !== undefined) throw thrown.error;
}
