import { enums, operations } from "@memory-api/types";

type Schema = Readonly<Record<string, unknown>>;
/** Schemas by the name of the property; a name that ends in `?` may be absent. */
type Properties = Readonly<Record<string, Schema>>;

const text: Schema = { type: "string" };
const positive: Schema = { type: "integer", minimum: 1 };
const natural: Schema = { type: "integer", minimum: 0 };
const milliseconds: Schema = { type: "number", minimum: 0 };
const methods = [...new Set(Object.values(operations).map(({ method }) => method))];

/**
 * What the control API takes, in JSON Schema 2020-12. What the contract says of IDs, traits and files is left to whatever reads
 * them.
 */
export const controlSchemas = {
  seed: object({
    "storeId?": text,
    "profiles?": list(object({ "id?": text, "createdAt?": text, traits: {}, "mergedIds?": list(text) })),
    "imports?": list(
      object({
        "id?": text,
        filename: {},
        fileSize: {},
        columnMappings: {},
        status: { enum: enums.ImportStatus },
        "createdAt?": text,
        "updatedAt?": text,
        "summary?": object({ "errors?": natural, "warnings?": natural }),
      }),
    ),
  }),
  clock: object({ "now?": text, "frozen?": { type: "boolean" } }),
  advance: object({ ms: milliseconds }),
  consistency: choice("mode", { immediate: {}, delayed: { ms: milliseconds }, manual: {} }),
  step: object({ "count?": positive }),
  faults: object({
    plan: list(
      object({
        "operationId?": { enum: Object.keys(operations) },
        "method?": { enum: methods },
        "times?": positive,
        "probability?": { type: "number", minimum: 0, maximum: 1 },
        fault: choice("kind", {
          status: { status: { enum: [429, 503] }, "retryAfter?": positive },
          latency: { ms: { ...milliseconds, maximum: 600_000 } },
          reset: {},
          truncate: { "bytes?": positive },
          slow: { bytesPerSecond: positive },
        }),
      }),
    ),
  }),
};

function object(properties: Properties): Schema {
  const entries = Object.entries(properties);
  return {
    type: "object",
    properties: Object.fromEntries(entries.map(([name, schema]) => [name.replace("?", ""), schema])),
    required: entries.map(([name]) => name).filter((name) => !name.endsWith("?")),
    additionalProperties: false,
  };
}

function list(items: Schema): Schema {
  return { type: "array", items };
}

/** One object of several, told apart by the value of a property. */
function choice(propertyName: string, branches: Readonly<Record<string, Properties>>): Schema {
  const oneOf = Object.entries(branches).map(([value, rest]) => object({ [propertyName]: { const: value }, ...rest }));
  const properties = { [propertyName]: { enum: Object.keys(branches) } };
  return { type: "object", properties, required: [propertyName], discriminator: { propertyName }, oneOf };
}
