import type { Violation } from "../../findings/finding.ts";
import { type Exchange, headerOf, jsonOf } from "../../http/exchange.ts";
import { independentParts } from "../../linearizability/independent-parts.ts";
import type { Session } from "../../scenarios/session.ts";
import { GROUP } from "../model/people.ts";
import type { IdentifierOf, Interval, TraitChanges } from "../model/profile-model.ts";
import type { SentWrite } from "./sent-write.ts";

/** A finding shows at most so many of the writes that led to it. */
const MAX_SHOWN = 12;
/** The trait that every write sets to its own value. */
export const MARK = "city";

interface Item extends Interval {
  readonly traits: TraitChanges;
  readonly identifiers: readonly string[];
  readonly write: SentWrite;
}

/** What a profile ID leads to. */
interface Seen {
  readonly id: string;
  readonly canonicalId: string | undefined;
  readonly mark: unknown;
  readonly exchange: Exchange;
}

/**
 * Checks the state after any number of simultaneous creates and batches: identifiers that an item joins end in one profile, directly or through
 * other items, and no others do.
 */
export async function checkJoined(
  session: Session,
  writes: readonly SentWrite[],
  identifierOf: IdentifierOf,
): Promise<void> {
  const items = writes.flatMap((write) =>
    write.items.map((traits): Item => {
      const identifiers = Object.entries(traits).flatMap(([name, value]) =>
        value === null ? [] : (identifierOf(name, value) ?? []),
      );
      return { traits, identifiers, write, start: write.start, end: write.end };
    }),
  );
  const survivors = new Map<string, Item[]>();
  for (const part of independentParts(items, ({ identifiers }) => identifiers)) {
    let wrong: { readonly violation: Violation; readonly exchanges: readonly Exchange[] } | undefined;
    let survivor: string | undefined;
    await session.eventually(
      async () => {
        const seen = await readAll(session, part);
        const violation = checkPart(session, part, seen);
        survivor = seen[0]?.canonicalId;
        wrong = violation && { violation, exchanges: [...shown(part), ...seen.map(({ exchange }) => exchange)] };
        return wrong === undefined ? true : undefined;
      },
      Math.max(...part.map(({ end }) => end)),
    );
    if (wrong !== undefined) session.report(wrong.violation, wrong.exchanges);
    if (survivor === undefined) continue;
    const other = survivors.get(survivor);
    if (other !== undefined)
      session.report(mixed(session, survivor), [...shown(other).slice(0, 2), ...shown(part).slice(0, 2)]);
    survivors.set(survivor, part);
  }
}

function shown(part: readonly Item[]): Exchange[] {
  return [...new Set(part.map(({ write }) => write.exchange))].slice(0, MAX_SHOWN);
}

async function readAll(session: Session, part: readonly Item[]): Promise<Seen[]> {
  const ids = new Set(part.flatMap(({ write }) => write.id ?? []));
  const seen: Seen[] = [];
  for (const id of ids) {
    const exchange = await session.send("fetchProfile", { path: { profileId: id } });
    const { response } = exchange;
    const canonicalId = response.status === 200 ? id : headerOf(response, "canonical-profile-id");
    const body = Object(jsonOf(response));
    const mark = Object(Object(body.traits)[GROUP])[MARK];
    seen.push({ id, canonicalId: response.status === 404 ? undefined : canonicalId, mark, exchange });
    // A batch may have created the canonical profile, which is then visited last.
    if (canonicalId !== undefined) ids.add(canonicalId);
  }
  return seen;
}

function checkPart(session: Session, part: readonly Item[], seen: readonly Seen[]): Violation | undefined {
  const wrong = (code: string, expected: string, received: string): Violation => ({
    code,
    operationId: "createProfile",
    expected,
    received,
    source: { kind: "contract", pointer: `${session.contract.operation("createProfile").pointer}/description` },
  });
  const lost = seen.find(({ canonicalId }) => canonicalId === undefined);
  if (lost !== undefined) return wrong("concurrent-write-lost", `the profile ${lost.id}`, "status 404");
  const canonicalIds = [...new Set(seen.map(({ canonicalId }) => canonicalId ?? ""))];
  const [canonicalId] = canonicalIds;
  if (canonicalId === undefined) return undefined;
  if (canonicalIds.length > 1)
    return wrong("duplicate-profiles", "one profile", `the profiles ${canonicalIds.join(", ")}`);
  // Without a second identifier, nothing can have been merged.
  const identifiers = new Set(part.flatMap((item) => item.identifiers));
  if (identifiers.size === 1 && seen.length > 1)
    return wrong("duplicate-profiles", "the same ID in each response", seen.map(({ id }) => id).join(", "));
  const hasBatch = part.some(({ write }) => write.id === undefined);
  const earlier = hasBatch ? undefined : earlierThan(part, canonicalId);
  if (earlier !== undefined)
    return wrong("wrong-canonical", `${earlier}, which was created first`, `${canonicalId} survives`);
  return checkMark(part, seen.find(({ id }) => id === canonicalId)?.mark, wrong);
}

/** @returns an ID whose profile existed before the canonical one was requested */
function earlierThan(part: readonly Item[], canonicalId: string): string | undefined {
  const requests = part.filter(({ write }) => write.id === canonicalId);
  const start = Math.min(...requests.map((item) => item.start));
  return part.find(({ write, end }) => write.id !== canonicalId && end < start)?.write.id;
}

function checkMark(
  part: readonly Item[],
  mark: unknown,
  wrong: (code: string, expected: string, received: string) => Violation,
): Violation | undefined {
  const last = part.filter((item) => !part.some(({ start }) => item.end < start)).map(({ traits }) => traits[MARK]);
  if (last.some((value) => value === mark)) return undefined;
  const expected = `${GROUP}.${MARK} ${last
    .slice(0, 5)
    .map((value) => JSON.stringify(value))
    .join(" or ")}`;
  return wrong("concurrent-write-lost", expected, `${GROUP}.${MARK} ${JSON.stringify(mark)}`);
}

function mixed(session: Session, id: string): Violation {
  const { pointer } = session.contract.operation("createProfile");
  return {
    code: "profiles-mixed",
    operationId: "createProfile",
    expected: "different profiles for people without a common identifier",
    received: `the profile ${id} for both`,
    source: { kind: "contract", pointer: `${pointer}/description` },
  };
}
