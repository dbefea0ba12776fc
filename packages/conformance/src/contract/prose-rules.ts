import type { OperationId } from "@memory-api/types";
import { escapeToken } from "./contract.ts";
import { type DeclaredTraits, declaredTrait, promotedTargets } from "./declared-traits.ts";
import { isUnstorable, readIdentifier } from "./identifiers.ts";

/** A place in a request that breaks a rule. */
export interface Fault {
  readonly rule: string;
  /** JSON pointer into the body. */
  readonly pointer: string;
  /** The error codes that the contract allows for it. */
  readonly codes: readonly number[];
  /** What the message of the error must contain. */
  readonly mentions?: string;
}

/** A rule for request bodies that the contract states in a description, because a schema cannot express it. */
export interface ProseRule {
  readonly name: string;
  readonly operations: readonly OperationId[];
  /** JSON pointer into the contract, to the description that states it. */
  readonly pointer: string;
  /** @returns the places that break it */
  readonly faults: (body: unknown, declared: DeclaredTraits, id: OperationId) => readonly Omit<Fault, "rule">[];
}

const PROFILE_WRITES = ["createProfile", "updateProfilesBulk", "patchProfileTraits"] as const;
const RESOLVING = ["createProfile", "updateProfilesBulk"] as const;
const IMPORTS = ["createProfilesImportV2"] as const;
const TRAITS = "/info/description";
const IMPORT = "/paths/~1v1~1Stores~1{storeId}~1Profiles~1Imports/post/description";
const BULK = "/paths/~1v1~1Stores~1{storeId}~1Profiles~1Bulk/put/description";
const UNDECLARED = [520047];
const UNRULY = [400];
const MISMATCH = [520046];

/** Every rule of that kind. Whatever neither a schema nor this table says is left to the implementation. */
export const PROSE_RULES: readonly ProseRule[] = [
  {
    name: "undeclared-trait-group",
    operations: PROFILE_WRITES,
    pointer: TRAITS,
    faults: (body, declared, id) =>
      groupsIn(body, id)
        .filter(({ group }) => !Object.hasOwn(declared, group))
        .map(({ group, pointer }) => ({ pointer, codes: UNDECLARED, mentions: group })),
  },
  {
    name: "undeclared-trait",
    operations: PROFILE_WRITES,
    pointer: TRAITS,
    faults: (body, declared, id) =>
      traitsIn(body, id)
        .filter(({ group, name }) => Object.hasOwn(declared, group) && !declaredTrait(declared, group, name))
        .map(({ name, pointer }) => ({ pointer, codes: UNDECLARED, mentions: name })),
  },
  {
    name: "data-type",
    operations: PROFILE_WRITES,
    pointer: TRAITS,
    faults: (body, declared, id) =>
      traitsIn(body, id).flatMap(({ group, name, value, pointer }) => {
        const trait = declaredTrait(declared, group, name);
        const isWrong = trait !== undefined && value !== null && dataTypeOf(value) !== trait.dataType;
        return isWrong ? [{ pointer, codes: MISMATCH, mentions: name }] : [];
      }),
  },
  {
    name: "unsafe-identifier",
    operations: PROFILE_WRITES,
    pointer: TRAITS,
    faults: (body, declared, id) =>
      promotedIn(body, id, declared).flatMap(({ reading, pointer }) =>
        reading === "unsafe-number" ? [{ pointer, codes: [...UNRULY, ...MISMATCH] }] : [],
      ),
  },
  {
    name: "no-identifier",
    operations: RESOLVING,
    pointer: TRAITS,
    faults: (body, declared, id) =>
      peopleIn(body, id).flatMap(({ person, pointer }) => {
        const readings = promotedIn(person, "createProfile", declared).map(({ reading }) => reading);
        return readings.every((reading) => reading === "none") ? [{ pointer, codes: UNRULY }] : [];
      }),
  },
  {
    name: "empty-batch",
    operations: ["updateProfilesBulk"],
    pointer: BULK,
    faults: (body) =>
      isRecord(body) && !Object.hasOwn(body, "profiles") ? [{ pointer: "", codes: [...UNRULY, ...MISMATCH] }] : [],
  },
  {
    name: "undeclared-mapping",
    operations: IMPORTS,
    pointer: IMPORT,
    faults: (body, declared) =>
      mappingsIn(body).flatMap(({ group, name, pointer }) =>
        declaredTrait(declared, group, name) ? [] : [{ pointer, codes: UNDECLARED, mentions: name }],
      ),
  },
  {
    name: "repeated-mapping",
    operations: IMPORTS,
    pointer: IMPORT,
    faults: (body) => {
      const seen = new Set<string>();
      return mappingsIn(body).flatMap(({ group, name, pointer }) => {
        const target = JSON.stringify([group, name]);
        if (seen.has(target)) return [{ pointer, codes: UNRULY }];
        seen.add(target);
        return [];
      });
    },
  },
  {
    name: "no-identifying-mapping",
    operations: IMPORTS,
    pointer: IMPORT,
    faults: (body, declared) => {
      const promoted = promotedTargets(declared);
      const mappings = mappingsIn(body);
      const isIdentifying = mappings.some(({ group, name }) =>
        promoted.some(({ traitGroup, traitName }) => traitGroup === group && traitName === name),
      );
      return mappings.length === 0 || isIdentifying ? [] : [{ pointer: "/columnMappings", codes: UNRULY }];
    },
  },
];

/** @returns the places of a body that break a rule of the table */
export function proseFaults(id: OperationId, body: unknown, declared: DeclaredTraits): readonly Fault[] {
  return PROSE_RULES.filter(({ operations }) => operations.includes(id)).flatMap((rule) =>
    rule.faults(body, declared, id).map((fault) => ({ rule: rule.name, ...fault })),
  );
}

/** Whether the contract leaves it open if a body that breaks no rule is accepted. */
export function isOpen(id: OperationId, body: unknown, declared: DeclaredTraits): boolean {
  if (hasUnstorable(body)) return true;
  if (id === "patchProfileTraits") return false;
  return peopleIn(body, id).some(({ person }) =>
    promotedIn(person, "createProfile", declared).every(({ reading }) => reading !== "identifier"),
  );
}

const MIB = 1024 * 1024;

/** The largest JSON body in bytes (section Limits of the description). */
export function bodyLimitOf(id: OperationId): number {
  return id === "updateProfilesBulk" ? 16 * MIB : 5 * MIB;
}

function dataTypeOf(value: unknown): string | undefined {
  return Array.isArray(value) ? "ARRAY" : typeof value === "object" ? undefined : (typeof value).toUpperCase();
}

function hasUnstorable(value: unknown): boolean {
  if (typeof value === "string") return isUnstorable(value);
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([name, member]) => isUnstorable(name) || hasUnstorable(member));
}

/** The people in a body, each with the pointer to it. A part that has another shape than the schema demands is left out. */
function peopleIn(body: unknown, id: OperationId): readonly { person: Record<string, unknown>; pointer: string }[] {
  if (!isRecord(body)) return [];
  if (id === "createProfile" || id === "patchProfileTraits") return [{ person: body, pointer: "" }];
  const items = Array.isArray(body["profiles"]) ? body["profiles"] : [];
  return items.flatMap((person, at) => (isRecord(person) ? [{ person, pointer: `/profiles/${at}` }] : []));
}

function groupsIn(body: unknown, id: OperationId) {
  return peopleIn(body, id).flatMap(({ person, pointer }) =>
    membersOf(person["traits"]).map(([group, traits]) => ({
      group,
      traits,
      pointer: `${pointer}/traits/${escapeToken(group)}`,
    })),
  );
}

function traitsIn(body: unknown, id: OperationId) {
  return groupsIn(body, id).flatMap(({ group, traits, pointer }) =>
    membersOf(traits).map(([name, value]) => ({ group, name, value, pointer: `${pointer}/${escapeToken(name)}` })),
  );
}

function promotedIn(body: unknown, id: OperationId, declared: DeclaredTraits) {
  return traitsIn(body, id).flatMap(({ group, name, value, pointer }) => {
    const trait = declaredTrait(declared, group, name);
    const isPromoted = trait?.idTypePromotion !== undefined && value !== null;
    return isPromoted ? [{ reading: readIdentifier(trait, value), pointer }] : [];
  });
}

function mappingsIn(body: unknown): readonly { group: string; name: string; pointer: string }[] {
  const mappings = isRecord(body) && Array.isArray(body["columnMappings"]) ? body["columnMappings"] : [];
  return mappings.flatMap((mapping, at) => {
    const { traitGroup, traitName } = Object(mapping);
    if (typeof traitGroup !== "string" || typeof traitName !== "string") return [];
    return [{ group: traitGroup, name: traitName, pointer: `/columnMappings/${at}` }];
  });
}

function membersOf(value: unknown): readonly [string, unknown][] {
  return isRecord(value) ? Object.entries(value) : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
