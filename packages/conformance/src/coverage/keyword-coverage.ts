import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { type Contract, escapeToken } from "../contract/contract.ts";
import type { Sides } from "./coverage.ts";

type JsonType = "string" | "number" | "array" | "object";

/** Keywords that one value can be checked against alone, with the type of value to which they apply. */
const ASSERTIONS: Readonly<Record<string, JsonType | "any">> = {
  type: "any",
  enum: "any",
  const: "any",
  multipleOf: "number",
  maximum: "number",
  exclusiveMaximum: "number",
  minimum: "number",
  exclusiveMinimum: "number",
  maxLength: "string",
  minLength: "string",
  pattern: "string",
  format: "string",
  maxItems: "array",
  minItems: "array",
  uniqueItems: "array",
  maxProperties: "object",
  minProperties: "object",
  dependentRequired: "object",
};

/** A rule of a schema, and whether the values that were sent follow it. */
interface Rule {
  readonly keyword: string;
  readonly pointer: string;
  readonly appliesTo: JsonType | "any";
  readonly isFollowedBy: (value: unknown) => boolean;
  valid: number;
  invalid: number;
}

/** A schema. Its rules apply to a value, and its children to parts of that value. */
interface SchemaNode {
  /** Whether it applies to values. Otherwise, it applies only to the names of properties, which are always strings. */
  isOfValues: boolean;
  readonly rules: Rule[];
  readonly children: {
    readonly node: SchemaNode;
    readonly partsOf: (value: unknown) => readonly unknown[];
    /** Returns whether a part that does not match makes the whole value invalid. @default always */
    readonly isRequiredFor?: (value: unknown) => boolean;
  }[];
}

/** Which keywords of a schema the values that were sent follow, and which ones they break. */
export class KeywordCoverage {
  readonly #contract: Contract;
  // The lint of the contract has validated its schemas.
  readonly #ajv = new Ajv2020({ strict: false, validateSchema: false });
  readonly #nodes = new Map<string, SchemaNode>();
  readonly #rules: Rule[] = [];
  readonly #root: SchemaNode;

  /** @param pointer of the schema, into the contract */
  constructor(contract: Contract, pointer: string) {
    formats.default(this.#ajv);
    this.#contract = contract;
    this.#root = this.#nodeAt(pointer, true);
  }

  record(value: unknown): void {
    visit(this.#root, value, true);
  }

  result(): (Sides & { readonly keyword: string; readonly pointer: string })[] {
    const impossible = new Set(
      [...this.#nodes.values()]
        .filter(({ isOfValues }) => !isOfValues)
        .flatMap(({ rules }) => rules.filter(({ keyword }) => keyword === "type")),
    );
    return this.#rules
      .filter((rule) => !impossible.has(rule))
      .map(({ keyword, pointer, valid, invalid }) => ({ keyword, pointer, valid, invalid }));
  }

  #nodeAt(start: string, isOfValues: boolean): SchemaNode {
    const { pointer, value } = this.#contract.locate(start);
    const known = this.#nodes.get(pointer);
    if (known !== undefined) {
      known.isOfValues ||= isOfValues;
      return known;
    }
    const node: SchemaNode = { isOfValues, rules: [], children: [] };
    // Known before its children are read, because a schema can contain itself.
    this.#nodes.set(pointer, node);
    const schema: Readonly<Record<string, unknown>> = Object(value);
    for (const [keyword, argument] of Object.entries(schema)) this.#addRules(node, pointer, keyword, argument, schema);
    this.#addParts(node, pointer, schema);
    this.#addBranches(node, pointer, schema);
    return node;
  }

  #addRules(
    node: SchemaNode,
    at: string,
    keyword: string,
    argument: unknown,
    schema: Readonly<Record<string, unknown>>,
  ) {
    const add = (appliesTo: Rule["appliesTo"], isFollowedBy: Rule["isFollowedBy"], pointer = `${at}/${keyword}`) => {
      const rule = { keyword, pointer, appliesTo, isFollowedBy, valid: 0, invalid: 0 };
      node.rules.push(rule);
      this.#rules.push(rule);
    };
    const appliesTo = ASSERTIONS[keyword];
    if (appliesTo !== undefined) add(appliesTo, this.#ajv.compile({ [keyword]: argument }));
    else if (keyword === "required" && Array.isArray(argument)) {
      for (const [index, name] of argument.entries()) {
        add("object", (value) => Object.hasOwn(Object(value), name), `${at}/required/${index}`);
      }
    } else if (keyword === "additionalProperties" && argument === false) {
      const isKnown = knownNames(schema);
      add("object", (value) => Object.keys(Object(value)).every(isKnown));
    } else if (keyword === "oneOf" || keyword === "anyOf") {
      const matches = this.#matchCounter(at, keyword, argument);
      add("any", keyword === "oneOf" ? (value) => matches(value) === 1 : (value) => matches(value) > 0);
    } else if (keyword === "not") {
      add("any", (value) => !this.#contract.validatorAt(`${at}/not`)(value));
    }
  }

  #addParts(node: SchemaNode, at: string, schema: Readonly<Record<string, unknown>>): void {
    const add = (path: string, partsOf: (value: unknown) => readonly unknown[]) =>
      node.children.push({ node: this.#nodeAt(`${at}/${path}`, path !== "propertyNames"), partsOf });
    for (const name of Object.keys(Object(schema["properties"]))) {
      add(`properties/${escapeToken(name)}`, (value) => (hasOwn(value, name) ? [Object(value)[name]] : []));
    }
    for (const source of Object.keys(Object(schema["patternProperties"]))) {
      const pattern = new RegExp(source, "u");
      add(`patternProperties/${escapeToken(source)}`, (value) => valuesOf(value, (name) => pattern.test(name)));
    }
    if (typeof schema["additionalProperties"] === "object") {
      const isKnown = knownNames(schema);
      add("additionalProperties", (value) => valuesOf(value, (name) => !isKnown(name)));
    }
    if (typeof schema["propertyNames"] === "object") {
      add("propertyNames", (value) => (typeOf(value) === "object" ? Object.keys(Object(value)) : []));
    }
    const prefix = Object.keys(Object(schema["prefixItems"]));
    for (const index of prefix) {
      add(`prefixItems/${index}`, (value) =>
        Array.isArray(value) ? value.slice(Number(index), Number(index) + 1) : [],
      );
    }
    if (typeof schema["items"] === "object") {
      add("items", (value) => (Array.isArray(value) ? value.slice(prefix.length) : []));
    }
    for (const index of Object.keys(Object(schema["allOf"]))) add(`allOf/${index}`, (value) => [value]);
  }

  /** A value need not match a branch, so a branch counts as broken only if the whole choice is. */
  #addBranches(node: SchemaNode, at: string, schema: Readonly<Record<string, unknown>>): void {
    for (const keyword of ["oneOf", "anyOf"]) {
      const matches = this.#matchCounter(at, keyword, schema[keyword]);
      for (const index of Object.keys(Object(schema[keyword]))) {
        node.children.push({
          node: this.#nodeAt(`${at}/${keyword}/${index}`, true),
          partsOf: (value) => [value],
          isRequiredFor: (value) => matches(value) === 0,
        });
      }
    }
  }

  #matchCounter(at: string, keyword: string, branches: unknown): (value: unknown) => number {
    const pointers = Object.keys(Object(branches)).map((index) => `${at}/${keyword}/${index}`);
    return (value) => pointers.filter((pointer) => this.#contract.validatorAt(pointer)(value)).length;
  }
}

function visit({ rules, children }: SchemaNode, value: unknown, isRequired: boolean): void {
  const type = typeOf(value);
  for (const rule of rules) {
    if (rule.appliesTo !== "any" && rule.appliesTo !== type) continue;
    if (rule.isFollowedBy(value)) rule.valid++;
    else if (isRequired) rule.invalid++;
  }
  for (const { node, partsOf, isRequiredFor } of children) {
    const isChildRequired = isRequired && (isRequiredFor === undefined || isRequiredFor(value));
    for (const part of partsOf(value)) visit(node, part, isChildRequired);
  }
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

function hasOwn(value: unknown, name: string): boolean {
  return typeOf(value) === "object" && Object.hasOwn(Object(value), name);
}

function valuesOf(value: unknown, isSelected: (name: string) => boolean): unknown[] {
  if (typeOf(value) !== "object") return [];
  return Object.entries(Object(value)).flatMap(([name, each]) => (isSelected(name) ? [each] : []));
}

/** Returns whether `properties` or `patternProperties` name a property. */
function knownNames(schema: Readonly<Record<string, unknown>>): (name: string) => boolean {
  const names = new Set(Object.keys(Object(schema["properties"])));
  const patterns = Object.keys(Object(schema["patternProperties"])).map((source) => new RegExp(source, "u"));
  return (name) => names.has(name) || patterns.some((pattern) => pattern.test(name));
}
