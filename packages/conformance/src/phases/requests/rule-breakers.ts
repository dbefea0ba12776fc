import { bounds, type OperationId } from "@memory-api/types";
import { promotedTargets, type TraitTarget, traitTargets } from "../../contract/declared-traits.ts";
import { simpleBody } from "../../scenarios/calls.ts";
import { declaredBy, newPerson, type Traits } from "../../scenarios/people.ts";
import type { Session } from "../../scenarios/session.ts";

/** Names that are ordinary ones, though every object of some languages has such a property. */
const INHERITED = ["__proto__", "constructor", "toString", "hasOwnProperty"];
const WRONG_TYPES: Readonly<Record<string, unknown>> = { STRING: "a", NUMBER: 1, BOOLEAN: true, ARRAY: ["a"] };
const LONG_ITEM = "x".repeat(bounds.TraitScalar.maxLength + 1);
const UNSAFE = [2 ** 53, -(2 ** 53), 1.5, 1e21];

/** Bodies that break one rule, which is usually one of the table of prose rules and not of the schema, by rule. Empty if the store cannot break it. */
export function ruleBreakers(session: Session, id: OperationId): Readonly<Record<string, readonly unknown[]>> {
  if (id === "createProfilesImportV2") return importBreakers(session);
  const wrap = (traits: Traits) => wrapped(session, id, { traits });
  const person = (other: Traits) => wrap(newPerson(session, other));
  const targets = traitTargets(declaredBy(session));
  const groups = Object.keys(declaredBy(session));
  const [group = "", name = ""] = [targets[0]?.traitGroup, targets[0]?.traitName];
  const breakers = {
    "undeclared-trait-group": ["NoSuchGroup", group.toLowerCase(), `${group}.`, ...INHERITED]
      .filter((each) => !groups.includes(each))
      .map((each) => person(Object.fromEntries([[each, { [name]: "a" }]]))),
    "undeclared-trait": ["noSuchTrait", name.toUpperCase(), "", ...INHERITED]
      .filter((each) => !targets.some(({ traitName }) => traitName === each))
      .map((each) => person({ [group]: Object.fromEntries([[each, "a"]]) })),
    "data-type": targets.flatMap((target) => wrongTypes(target).map((value) => person(only(target, value)))),
    // No other value of a store without lists has an item that is too long.
    "long-item": longItemTarget(targets).map((target) => person(only(target, [LONG_ITEM]))),
    "unsafe-identifier": promotedTargets(declaredBy(session))
      .filter(({ trait }) => trait.dataType === "NUMBER")
      .flatMap((target) => UNSAFE.map((value) => person(only(target, value)))),
  };
  if (id === "patchProfileTraits") return breakers;
  const unidentified = targets.filter(
    ({ trait }) => trait.idTypePromotion === undefined && trait.dataType === "STRING",
  );
  const texts = promotedTargets(declaredBy(session)).filter(({ trait }) => trait.dataType === "STRING");
  return {
    ...breakers,
    "no-identifier": [
      wrapped(session, id, {}),
      wrap({}),
      wrap({ [group]: {} }),
      ...unidentified.slice(0, 1).map((target) => wrap(only(target, "a"))),
      ...texts.map((target) => wrap(only(target, ""))),
    ],
    ...(id === "updateProfilesBulk" && { "empty-batch": [{}] }),
  };
}

/** The position of the invalid item in a batch. */
export const INVALID_ITEM = 2;

function wrapped(session: Session, id: OperationId, item: unknown): unknown {
  if (id !== "updateProfilesBulk") return item;
  const valid = () => ({ traits: newPerson(session) });
  return { profiles: [valid(), valid(), item, valid()] };
}

function importBreakers(session: Session): Readonly<Record<string, readonly unknown[]>> {
  const { columnMappings, ...rest } = Object(simpleBody(session, "createProfilesImportV2"));
  const [first, second] = columnMappings;
  const withMappings = (...mappings: unknown[]) => ({ ...rest, columnMappings: mappings });
  const targets = traitTargets(declaredBy(session)).filter(({ trait }) => trait.idTypePromotion === undefined);
  const unidentified = targets.map(({ traitGroup, traitName }, at) => ({
    columnName: `c${at}`,
    traitGroup,
    traitName,
  }));
  return {
    "undeclared-mapping": [
      ...["NoSuchGroup", ...INHERITED].map((traitGroup) => withMappings(first, { ...second, traitGroup })),
      ...["noSuchTrait", ...INHERITED].map((traitName) => withMappings(first, { ...second, traitName })),
    ],
    "repeated-mapping": [withMappings(first, { ...first, columnName: "other" }), withMappings(first, second, first)],
    "no-identifying-mapping": unidentified.length < 2 ? [] : [withMappings(...unidentified)],
  };
}

/** A trait that holds lists, if the store has one. */
function longItemTarget(targets: readonly TraitTarget[]): readonly TraitTarget[] {
  const others = targets.filter(({ trait }) => trait.idTypePromotion === undefined);
  const lists = others.filter(({ trait }) => trait.dataType === "ARRAY");
  return [...lists, ...others].slice(0, 1);
}

function wrongTypes({ trait }: TraitTarget): readonly unknown[] {
  return Object.entries(WRONG_TYPES).flatMap(([type, value]) => (type === trait.dataType ? [] : [value]));
}

function only({ traitGroup, traitName }: TraitTarget, value: unknown): Traits {
  return { [traitGroup]: { [traitName]: value } };
}
