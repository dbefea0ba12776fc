import { checkHistory, smallestWitness } from "../../linearizability/check-history.ts";
import { independentParts } from "../../linearizability/independent-parts.ts";
import { forEachConcurrently } from "../../run/for-each-concurrently.ts";
import type { RunProfile, Scenario } from "../../scenarios/scenario.ts";
import type { Session } from "../../scenarios/session.ts";
import { People } from "../model/people.ts";
import { type IdentifierOf, ProfileModel } from "../model/profile-model.ts";
import { clientsOf, PEOPLE, type Step } from "./clients.ts";
import { type Entry, HistoryRecorder } from "./history-recorder.ts";
import { describeOperation, keysOf, profileHistory } from "./profile-history.ts";

const HISTORIES: Readonly<Record<RunProfile, number>> = { quick: 6, full: 40, soak: 400 };
/** Histories of one scenario, since a race may need several attempts. */
const ROUNDS = 3;

/** Several clients that write the same few profiles at once, and read them if a write is visible at once. */
export function histories(seed: number, profile: RunProfile): Scenario[] {
  return Array.from({ length: HISTORIES[profile] }, (_, at) => {
    const name = `concurrency/history-${at + 1}`;
    return {
      name,
      isWriting: true,
      run: async (session) => {
        for (const clients of clientsOf(seed, name, ROUNDS, session.target.isImmediate)) {
          if (session.violations.length === 0) await runHistory(session, clients);
        }
      },
    };
  });
}

async function runHistory(session: Session, clients: readonly (readonly Step[])[]): Promise<void> {
  const people = new People(session);
  const recorder = new HistoryRecorder(session, people);
  const profiles: string[] = [];
  for (let person = 0; person < PEOPLE; person++) {
    const id = await recorder.create({ email: { person, spelling: 0 } });
    if (id === undefined) return;
    profiles.push(id);
  }
  for (const id of profiles) {
    await session.eventually(async () => (isLive(await recorder.read(id)) ? true : undefined));
  }
  await forEachConcurrently(clients, clients.length, async (steps) => {
    for (const step of steps) await take(recorder, step, profiles);
  });
  if (!recorder.isComplete) return session.note("A write failed, so the history was not checked.");

  const settled = await settle(session, recorder, people.identifierOf);
  if (settled === undefined) return;
  if (session.target.isImmediate) {
    check(
      session,
      people.identifierOf,
      [...recorder.writes, ...recorder.reads, ...settled.reads],
      "impossible-history",
    );
  }
  if (session.violations.length > 0) return;
  // A create shows who holds an identifier.
  const before = settleWrites(recorder.writes, settled.at);
  for (let person = 0; person < PEOPLE; person++) {
    await recorder.create({ email: { person, spelling: 0 } });
    await recorder.create({ phone: { person, spelling: 0 } });
  }
  if (!recorder.isComplete) return;
  const after = recorder.writes.slice(before.length);
  check(session, people.identifierOf, [...before, ...settled.reads, ...after], "impossible-state");
}

async function take(recorder: HistoryRecorder, step: Step, profiles: readonly string[]): Promise<void> {
  if (step.kind === "create") {
    await recorder.create(step.traits);
    return;
  }
  const id = profiles[step.profile] ?? "";
  if (step.kind === "patch") await recorder.patch(id, step.traits);
  else if (step.kind === "delete") await recorder.delete(id);
  else await recorder.fetch(id);
}

/** Waits until an order of the writes explains what can be read. @returns `undefined` if none does, which is reported */
async function settle(
  session: Session,
  recorder: HistoryRecorder,
  identifierOf: IdentifierOf,
): Promise<{ readonly at: number; readonly reads: readonly Entry[] } | undefined> {
  const ids = new Set(recorder.writes.map(({ operation }) => operation.id));
  let part: readonly Entry[] | undefined;
  let unexplained = "";
  const settled = await session.eventually(async () => {
    const at = performance.now();
    const reads: Entry[] = [];
    for (const id of ids) reads.push(await recorder.read(id));
    const seen = JSON.stringify(reads.map(({ operation }) => operation.kind === "fetch" && operation.seen));
    if (seen === unexplained) return undefined;
    part = impossiblePart(session, identifierOf, [...settleWrites(recorder.writes, at), ...reads]);
    if (part === undefined) return { at, reads };
    unexplained = seen;
    return undefined;
  });
  if (part !== undefined) reportPart(session, identifierOf, part, "impossible-state");
  return settled;
}

/** Without visibility at once, a patch may take effect until everything is settled. */
function settleWrites(writes: readonly Entry[], at: number): Entry[] {
  return writes.map((entry) => ({ ...entry, end: Math.min(entry.end, at) }));
}

function check(session: Session, identifierOf: IdentifierOf, entries: readonly Entry[], code: string): void {
  const part = impossiblePart(session, identifierOf, entries);
  if (part !== undefined) reportPart(session, identifierOf, part, code);
}

function reportPart(session: Session, identifierOf: IdentifierOf, part: readonly Entry[], code: string): void {
  const witness = smallestWitness(part, specificationOf(session, identifierOf));
  const received = witness.map(({ operation, start, end }) => {
    const time = `${start.toFixed(1)} to ${end.toFixed(1)} ms`;
    return `${describeOperation(operation)} (${time})`;
  });
  session.report(
    {
      code,
      operationId: "fetchProfile",
      expected: "an order of the operations that explains every response",
      received: received.join("; ").slice(0, 2000),
      source: { kind: "contract", pointer: "/info/description" },
    },
    witness.map(({ operation }) => operation.exchange),
  );
}

/** Operations that no order explains, of those that have a profile or an identifier in common. */
function impossiblePart(session: Session, identifierOf: IdentifierOf, entries: readonly Entry[]): Entry[] | undefined {
  const specification = specificationOf(session, identifierOf);
  for (const part of independentParts(entries, ({ operation }) => keysOf(operation, identifierOf))) {
    const verdict = checkHistory(part, specification);
    if (verdict === "not linearizable") return part;
    if (verdict === "unknown") session.note("A history has too many possible orders, and was not checked.");
  }
  return undefined;
}

function specificationOf({ target }: Session, identifierOf: IdentifierOf) {
  return profileHistory(new ProfileModel(identifierOf), !target.isImmediate);
}

function isLive({ operation }: Entry): boolean {
  return operation.kind === "fetch" && operation.seen.kind === "live";
}
