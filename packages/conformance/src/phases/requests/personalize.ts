import type { OperationId } from "@memory-api/types";
import { type DeclaredTraits, declaredTrait, promotedTargets, traitTargets } from "../../contract/declared-traits.ts";
import { personalized } from "../../contract/identifiers.ts";
import type { Session } from "../../scenarios/session.ts";

/**
 * Makes a generated body one that no other scenario affects: the people in it are new. In an import, the targets of the mappings differ.
 * What is not shaped as the schema demands stays as it is.
 */
export function personalize(session: Session, id: OperationId, body: unknown, declared: DeclaredTraits): unknown {
  if (!isRecord(body)) return body;
  if (id === "createProfile" || id === "patchProfileTraits") return withNewPerson(session, body, declared);
  if (id === "createProfilesImportV2") return withOwnTargets(body, declared);
  const { profiles } = body;
  if (!Array.isArray(profiles)) return body;
  return {
    ...body,
    profiles: profiles.map((item) => (isRecord(item) ? withNewPerson(session, item, declared) : item)),
  };
}

function withNewPerson(session: Session, item: Record<string, unknown>, declared: DeclaredTraits): unknown {
  const { traits } = item;
  if (!isRecord(traits)) return item;
  const person = session.person();
  const changed = Object.entries(traits).map(([group, values]) => {
    if (!isRecord(values)) return [group, values];
    const members = Object.entries(values).map(([name, value]) => {
      const trait = declaredTrait(declared, group, name);
      return [name, trait?.idTypePromotion === undefined ? value : personalized(trait, value, person)];
    });
    return [group, Object.fromEntries(members)];
  });
  return { ...item, traits: Object.fromEntries(changed) };
}

/** Without repeated targets, if the mappings are few enough and each has a declared target. */
function withOwnTargets(body: Record<string, unknown>, declared: DeclaredTraits): unknown {
  const { columnMappings } = body;
  const promoted = promotedTargets(declared);
  const targets = [...promoted.slice(0, 1), ...traitTargets(declared).filter((target) => !isSame(target, promoted[0]))];
  if (!Array.isArray(columnMappings) || columnMappings.length > targets.length) return body;
  const isDeclared = columnMappings.every(
    (mapping) =>
      isRecord(mapping) &&
      targets.some(
        ({ traitGroup, traitName }) => mapping["traitGroup"] === traitGroup && mapping["traitName"] === traitName,
      ),
  );
  if (!isDeclared) return body;
  const own = columnMappings.map((mapping, at) => {
    const { traitGroup, traitName } = targets[at] ?? {};
    return { ...mapping, traitGroup, traitName };
  });
  return { ...body, columnMappings: own };
}

function isSame(one: { traitGroup: string; traitName: string }, other?: { traitGroup: string; traitName: string }) {
  return one.traitGroup === other?.traitGroup && one.traitName === other.traitName;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
