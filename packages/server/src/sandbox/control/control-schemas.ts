import { enums, operations } from "@memory-api/types";
import { faultStatuses } from "../faults/fault-status.ts";

type Schema = Readonly<Record<string, unknown>>;
/** Schemas by the name of the property. A property whose name ends in `?` is optional. */
type Properties = Readonly<Record<string, Schema>>;

const text: Schema = { type: "string" };
const positive: Schema = { type: "integer", minimum: 1 };
const natural: Schema = { type: "integer", minimum: 0 };
const milliseconds: Schema = { type: "number", minimum: 0 };
const methods = [...new Set(Object.values(operations).map(({ method }) => method))];
const consistency = choice("mode", { immediate: {}, delayed: { ms: milliseconds }, manual: {} });
const randomState: Schema = { ...list({ type: "integer" }), minItems: 4, maxItems: 4 };
/** The rows of each table. The storage defines the tables and their columns. */
const rowsByTable: Schema = { type: "object", additionalProperties: list({ type: "array" }) };

/**
 * Schemas of the inputs of a sandbox, in JSON Schema 2020-12. The rules of the contract for IDs, traits and files are checked when
 * they are read.
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
  consistency,
  step: object({ "count?": positive }),
  snapshot: object({
    storage: object({
      primary: rowsByTable,
      consistency,
      "replica?": object({
        visible: rowsByTable,
        pending: list(object({ storeId: text, commands: list({ type: "object" }), writtenAt: milliseconds })),
      }),
    }),
    sources: object({
      clock: object({ "frozenAt?": milliseconds, offset: { type: "number" } }),
      random: randomState,
      chance: randomState,
      requests: natural,
      // An ID has 48 bits for the milliseconds and 12 bits for the counter.
      ids: object({
        time: { ...milliseconds, maximum: 2 ** 48 - 1 },
        counter: { ...natural, maximum: 2 ** 12 - 1 },
      }),
      acceptance: object({ next: { ...natural, maximum: Number.MAX_SAFE_INTEGER } }),
    }),
  }),
  faults: object({
    plan: list(
      object({
        "operationId?": { enum: Object.keys(operations) },
        "method?": { enum: methods },
        "times?": positive,
        "probability?": { type: "number", minimum: 0, maximum: 1 },
        fault: choice("kind", {
          status: { status: { enum: faultStatuses }, "retryAfter?": positive },
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

/** One of several objects, which differ in the value of a property. */
function choice(propertyName: string, branches: Readonly<Record<string, Properties>>): Schema {
  const oneOf = Object.entries(branches).map(([value, rest]) => object({ [propertyName]: { const: value }, ...rest }));
  const properties = { [propertyName]: { enum: Object.keys(branches) } };
  return { type: "object", properties, required: [propertyName], discriminator: { propertyName }, oneOf };
}
