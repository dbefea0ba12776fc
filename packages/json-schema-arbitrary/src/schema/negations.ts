import { JSON_TYPES, type JsonType, type JsonValue } from "../json.ts";
import { isNumberFormat } from "../text/formats.ts";
import { dependencies, excludedTexts, typesNamed } from "./assume.ts";
import type { Option, Step } from "./expand.ts";
import { numberOf, schemaMapOf, schemaOf, schemasOf, textOf, textsOf } from "./keyword-values.ts";
import type { Schema, SchemaObject } from "./load-schema.ts";
import type { SchemaSet } from "./schema-set.ts";
import { restrictTypes, type Shape } from "./shape.ts";

interface Context {
  readonly set: SchemaSet;
  readonly is: (schema: Schema) => Step;
  readonly not: (schema: Schema) => Step;
}

/** Returns the ways not to satisfy a schema: one of its keywords must reject the value. */
export function negations(schema: SchemaObject, set: SchemaSet, path: readonly Schema[]): readonly Option[] {
  const context: Context = {
    set,
    is: (each) => ({ schema: each, path }),
    not: (each) => ({ schema: each, isNegated: true, path }),
  };
  return [
    ...typeNegations(schema),
    ...numberNegations(schema),
    ...textNegations(schema),
    ...itemNegations(schema, context),
    ...propertyNegations(schema, context),
    ...logicNegations(schema, context),
  ];
}

function ofType(type: JsonType, edit: (shape: Shape) => void): Option {
  return {
    steps: [],
    edit: (shape) => {
      restrictTypes(shape, [type]);
      edit(shape);
    },
  };
}

function typeNegations(schema: SchemaObject): Option[] {
  const options: Option[] = [];
  if ("type" in schema) {
    const names = textsOf(schema["type"]);
    const types = typesNamed(names);
    const others = JSON_TYPES.filter((type) => !types.includes(type));
    options.push({ steps: [], edit: (shape) => restrictTypes(shape, others) });
    if (names.includes("integer") && !names.includes("number")) {
      options.push(
        ofType("number", (shape) => {
          shape.isFraction = true;
        }),
      );
    }
  }
  for (const keyword of ["enum", "const"] as const) {
    if (!Object.hasOwn(schema, keyword)) continue;
    const texts = excludedTexts(schema, keyword);
    options.push({
      steps: [],
      edit: (shape) => {
        shape.excluded = [...shape.excluded, ...texts];
      },
    });
  }
  return options;
}

function numberNegations(schema: SchemaObject): Option[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, format } = schema;
  const options: Option[] = [];
  const bound = (value: unknown, edit: (shape: Shape, bound: number) => void) => {
    if (typeof value === "number") options.push(ofType("number", (shape) => edit(shape, value)));
  };
  bound(minimum, (shape, value) => {
    shape.exclusiveMaximum = Math.min(shape.exclusiveMaximum, value);
  });
  bound(maximum, (shape, value) => {
    shape.exclusiveMinimum = Math.max(shape.exclusiveMinimum, value);
  });
  bound(exclusiveMinimum, (shape, value) => {
    shape.maximum = Math.min(shape.maximum, value);
  });
  bound(exclusiveMaximum, (shape, value) => {
    shape.minimum = Math.max(shape.minimum, value);
  });
  bound(multipleOf, (shape, value) => {
    shape.notMultiples = [...shape.notMultiples, value];
  });
  if (format === "int32" || format === "int64")
    options.push(
      ofType("number", (shape) => {
        shape.isFraction = true;
      }),
    );
  if (format === "int32") {
    bound(-(2 ** 31), (shape, value) => {
      shape.exclusiveMaximum = Math.min(shape.exclusiveMaximum, value);
    });
    bound(2 ** 31 - 1, (shape, value) => {
      shape.exclusiveMinimum = Math.max(shape.exclusiveMinimum, value);
    });
  }
  return options;
}

function textNegations(schema: SchemaObject): Option[] {
  const options: Option[] = [];
  const minLength = numberOf(schema, "minLength");
  const maxLength = numberOf(schema, "maxLength");
  const pattern = textOf(schema, "pattern");
  const format = textOf(schema, "format");
  if (minLength !== undefined) {
    options.push(
      ofType("string", (shape) => {
        shape.maxLength = Math.min(shape.maxLength, minLength - 1);
      }),
    );
  }
  if (maxLength !== undefined) {
    options.push(
      ofType("string", (shape) => {
        shape.minLength = Math.max(shape.minLength, maxLength + 1);
      }),
    );
  }
  if (pattern !== undefined) {
    options.push(
      ofType("string", (shape) => {
        shape.notPatterns = [...shape.notPatterns, pattern];
      }),
    );
  }
  if (format !== undefined && !isNumberFormat(format) && format !== "password" && format !== "binary") {
    options.push(
      ofType("string", (shape) => {
        shape.notFormats = [...shape.notFormats, format];
      }),
    );
  }
  return options;
}

function itemNegations(schema: SchemaObject, { set, is }: Context): Option[] {
  const options: Option[] = [];
  const minItems = numberOf(schema, "minItems");
  const maxItems = numberOf(schema, "maxItems");
  if (minItems !== undefined) {
    options.push(
      ofType("array", (shape) => {
        shape.maxItems = Math.min(shape.maxItems, minItems - 1);
      }),
    );
  }
  if (maxItems !== undefined) {
    options.push(
      ofType("array", (shape) => {
        shape.minItems = Math.max(shape.minItems, maxItems + 1);
      }),
    );
  }
  if (schema["uniqueItems"] === true)
    options.push(
      ofType("array", (shape) => {
        shape.hasDuplicate = true;
      }),
    );
  const prefix = schemasOf(schema, "prefixItems");
  const contain = (shape: Shape, each: Schema, min: number, max: number, from: number) => {
    shape.contains = [...shape.contains, { schema: each, min, max, from, scopes: [] }];
  };
  for (const [index, each] of prefix.entries()) {
    const before = prefix.slice(0, index).map(() => true);
    options.push(
      ofType("array", (shape) => {
        shape.minItems = Math.max(shape.minItems, index + 1);
        shape.items = [...shape.items, { prefix: [...before, set.not(each)], scopes: [] }];
      }),
    );
  }
  const rest = schemaOf(schema, "items");
  if (rest !== undefined) {
    options.push(ofType("array", (shape) => contain(shape, set.not(rest), 1, Infinity, prefix.length)));
  }
  const contained = schemaOf(schema, "contains");
  if (contained !== undefined) {
    const min = numberOf(schema, "minContains") ?? 1;
    const max = numberOf(schema, "maxContains");
    if (min > 0) options.push(ofType("array", (shape) => contain(shape, contained, 0, min - 1, 0)));
    if (max !== undefined) options.push(ofType("array", (shape) => contain(shape, contained, max + 1, Infinity, 0)));
  }
  const unevaluated = schemaOf(schema, "unevaluatedItems");
  if (unevaluated !== undefined) {
    options.push({
      steps: [is(set.omit(schema, ["unevaluatedItems"]))],
      edit: (shape) => {
        restrictTypes(shape, ["array"]);
        shape.isInexact = true;
        contain(shape, set.not(unevaluated), 1, Infinity, prefix.length);
      },
    });
  }
  return options;
}

function propertyNegations(schema: SchemaObject, { set, is, not }: Context): Option[] {
  const options: Option[] = [];
  const object = (edit: (shape: Shape) => void, steps: readonly Step[] = []) => {
    options.push({ ...ofType("object", edit), steps });
  };
  const require = (shape: Shape, name: string) => {
    shape.required = new Set([...shape.required, name]);
  };
  const forbid = (shape: Shape, name: string) => {
    shape.forbidden = new Set([...shape.forbidden, name]);
  };
  const exist = (names: readonly Schema[], value: Schema, steps: readonly Step[] = [], isInexact = false) => {
    if (value === false) return;
    object((shape) => {
      shape.exists = [...shape.exists, { names, value }];
      if (isInexact) shape.isInexact = true;
    }, steps);
  };

  for (const name of textsOf(schema["required"])) object((shape) => forbid(shape, name));
  const minimum = numberOf(schema, "minProperties");
  const maximum = numberOf(schema, "maxProperties");
  if (minimum !== undefined) {
    object((shape) => {
      shape.maxProperties = Math.min(shape.maxProperties, minimum - 1);
    });
  }
  if (maximum !== undefined) {
    object((shape) => {
      shape.minProperties = Math.max(shape.minProperties, maximum + 1);
    });
  }
  const properties = schemaMapOf(schema, "properties");
  for (const [name, each] of properties) {
    object((shape) => {
      require(shape, name);
      shape.properties = [
        ...shape.properties,
        { properties: new Map([[name, set.not(each)]]), patterns: [], scopes: [] },
      ];
    });
  }
  const patterns = schemaMapOf(schema, "patternProperties");
  for (const [pattern, each] of patterns) exist([set.of({ pattern })], set.not(each));
  const others = [
    ...(properties.length > 0 ? [set.not(set.of({ enum: properties.map(([name]): JsonValue => name) }))] : []),
    ...patterns.map(([pattern]) => set.not(set.of({ pattern }))),
  ];
  const additional = schemaOf(schema, "additionalProperties");
  if (additional !== undefined) exist(others, set.not(additional));
  const unevaluated = schemaOf(schema, "unevaluatedProperties");
  if (unevaluated !== undefined) {
    exist(others, set.not(unevaluated), [is(set.omit(schema, ["unevaluatedProperties"]))], true);
  }
  const names = schemaOf(schema, "propertyNames");
  if (names !== undefined) exist([set.not(names)], true);
  const { required, schemas } = dependencies(schema);
  for (const [name, needed] of required) {
    for (const other of needed) {
      if (other !== name) {
        object((shape) => {
          require(shape, name);
          forbid(shape, other);
        });
      }
    }
  }
  for (const [name, each] of schemas) object((shape) => require(shape, name), [not(each)]);
  return options;
}

function logicNegations(schema: SchemaObject, { set, is, not }: Context): Option[] {
  const options: Option[] = schemasOf(schema, "allOf").map((each) => ({ steps: [not(each)] }));
  if (Object.hasOwn(schema, "$ref")) options.push({ steps: [not(set.target(schema["$ref"]))] });
  if (Object.hasOwn(schema, "anyOf")) options.push({ steps: schemasOf(schema, "anyOf").map(not) });
  if (Object.hasOwn(schema, "oneOf")) {
    const branches = schemasOf(schema, "oneOf");
    options.push({ steps: branches.map(not) });
    for (const [index, one] of branches.entries()) {
      for (const other of branches.slice(index + 1)) options.push({ steps: [is(one), is(other)] });
    }
  }
  const excluded = schemaOf(schema, "not");
  if (excluded !== undefined) options.push({ steps: [is(excluded)] });
  const condition = schemaOf(schema, "if");
  const then = schemaOf(schema, "then");
  const otherwise = schemaOf(schema, "else");
  if (condition !== undefined && then !== undefined) options.push({ steps: [is(condition), not(then)] });
  if (condition !== undefined && otherwise !== undefined) options.push({ steps: [not(condition), not(otherwise)] });
  return options;
}
