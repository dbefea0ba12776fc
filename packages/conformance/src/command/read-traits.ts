import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import type { DeclaredTrait, DeclaredTraits } from "../contract/declared-traits.ts";
import { CommandError } from "./command-error.ts";

const DATA_TYPES: readonly DeclaredTrait["dataType"][] = ["STRING", "NUMBER", "BOOLEAN", "ARRAY"];
const RULES = ["pattern", "minLength", "maxLength", "min", "max", "minItems", "maxItems"];

/**
 * Reads the traits that a store declares: YAML or JSON with an object for each trait group, which has an object with `dataType`,
 * and optionally `idTypePromotion` and `validationRule`, for each trait.
 *
 * @throws {CommandError} with all mistakes
 */
export async function readTraits(file: string): Promise<DeclaredTraits> {
  const text = await readFile(file, "utf8").catch((error: Error) => {
    throw new CommandError(`${file} cannot be read: ${error.message}`);
  });
  return parseTraits(text, file);
}

export function parseTraits(text: string, file: string): DeclaredTraits {
  let groups: unknown;
  try {
    groups = parse(text);
  } catch (error) {
    throw new CommandError(`${file} is not valid YAML: ${error instanceof Error ? error.message : error}`);
  }
  const mistakes: string[] = [];
  const declared: [string, Readonly<Record<string, DeclaredTrait>>][] = [];
  for (const [group, traits] of entriesOf(groups, "The file", mistakes)) {
    const found: [string, DeclaredTrait][] = [];
    for (const [name, trait] of entriesOf(traits, group, mistakes)) {
      if (isTrait(trait, `${group}.${name}`, mistakes)) found.push([name, trait]);
    }
    declared.push([group, Object.fromEntries(found)]);
  }
  const isPromoted = declared.some(([, traits]) => Object.values(traits).some((each) => each.idTypePromotion));
  if (mistakes.length === 0 && !isPromoted)
    mistakes.push("No trait has idTypePromotion, so no profile can be created.");
  if (mistakes.length > 0) throw new CommandError(mistakes.map((mistake) => `${file}: ${mistake}`).join("\n"));
  return Object.fromEntries(declared);
}

/** Returns a trait whose data type is NUMBER. */
export function numberTraitOf(declared: DeclaredTraits): { traitGroup: string; traitName: string } | undefined {
  return Object.entries(declared)
    .flatMap(([traitGroup, traits]) =>
      Object.entries(traits).map(([traitName, trait]) => ({ traitGroup, traitName, trait })),
    )
    .filter(({ trait }) => trait.dataType === "NUMBER" && trait.idTypePromotion === undefined)
    .map(({ traitGroup, traitName }) => ({ traitGroup, traitName }))[0];
}

function entriesOf(value: unknown, name: string, mistakes: string[]): [string, unknown][] {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return Object.entries(value);
  mistakes.push(`${name} must be an object.`);
  return [];
}

function isTrait(value: unknown, name: string, mistakes: string[]): value is DeclaredTrait {
  const before = mistakes.length;
  const { dataType, idTypePromotion, validationRule, ...others } = Object(value);
  if (!DATA_TYPES.includes(dataType)) mistakes.push(`dataType of ${name} must be one of ${DATA_TYPES.join(", ")}.`);
  if (idTypePromotion !== undefined && typeof idTypePromotion !== "string") {
    mistakes.push(`idTypePromotion of ${name} must be a string.`);
  }
  if (validationRule !== undefined) {
    for (const [rule, argument] of entriesOf(validationRule, `validationRule of ${name}`, mistakes)) {
      const type = rule === "pattern" ? "string" : "number";
      if (!RULES.includes(rule))
        mistakes.push(`validationRule of ${name} does not support ${rule}. It supports ${RULES.join(", ")}.`);
      else if (typeof argument !== type) mistakes.push(`${rule} of ${name} must be a ${type}.`);
    }
  }
  // The configuration of a store also has descriptions.
  const unknown = Object.keys(others).filter((field) => field !== "description");
  if (unknown.length > 0) mistakes.push(`${name} has unknown fields: ${unknown.join(", ")}.`);
  return mistakes.length === before;
}
