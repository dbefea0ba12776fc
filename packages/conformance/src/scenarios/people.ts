import {
  DEFAULT_STORE_TRAITS,
  type DeclaredTraits,
  promotedTargets,
  type TraitTarget,
  traitTargets,
} from "../contract/declared-traits.ts";
import { personalized } from "../contract/identifiers.ts";
import { type Exchange, jsonOf } from "../http/exchange.ts";
import type { Account } from "../target.ts";
import type { Session } from "./session.ts";

export type Traits = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A profile that a scenario created. */
export interface CreatedPerson {
  readonly profileId: string;
  readonly traits: Traits;
  readonly exchange: Exchange;
}

export function declaredBy({ target }: Session): DeclaredTraits {
  return target.declaredTraits ?? DEFAULT_STORE_TRAITS;
}

/** The traits of a new person: an identifier, and the given traits. */
export function newPerson(session: Session, other: Traits = {}): Traits {
  const [promoted] = promotedTargets(declaredBy(session));
  if (promoted === undefined) return session.notRun("the store promotes no trait to an identifier");
  const { traitGroup, traitName, trait } = promoted;
  const sample = trait.dataType === "NUMBER" ? 1 : "a";
  const value = personalized(trait, sample, session.person());
  return { ...other, [traitGroup]: { [traitName]: value, ...other[traitGroup] } };
}

/** Creates a profile of a new person, and waits until it is visible. Ends the scenario if that is rejected. */
export async function createPerson(session: Session, other: Traits = {}, account?: Account): Promise<CreatedPerson> {
  const traits = newPerson(session, other);
  const inStore = account && { path: { storeId: account.storeId }, account };
  const exchange = await session.send("createProfile", { ...inStore, body: { traits } });
  const { pointer } = session.contract.operation("createProfile");
  session.expectStatus("valid-request-rejected", "createProfile", exchange, [202], { kind: "contract", pointer });
  const profileId = String(Object(jsonOf(exchange.response)).id);
  const path = { ...inStore?.path, profileId };
  await session.eventually(async () => {
    const found = await session.send("fetchProfile", { ...inStore, path });
    return found.response.status === 404 ? undefined : found;
  });
  return { profileId, traits, exchange };
}

/** At least `count` and at most `most` traits of the store that hold any text and identify nobody. Ends the scenario if there are fewer. */
export function textTraits(session: Session, count: number, most = count): readonly TraitTarget[] {
  const found = traitTargets(declaredBy(session)).filter(
    ({ trait }) =>
      trait.dataType === "STRING" && trait.idTypePromotion === undefined && trait.validationRule === undefined,
  );
  if (found.length < count) return session.notRun(`the store declares fewer than ${count} traits that hold any text`);
  return found.slice(0, most);
}
