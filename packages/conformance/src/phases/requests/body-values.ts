import {
  type BoundaryValue,
  boundaryValues,
  invalidArbitrary,
  type JsonValue,
  schemaArbitrary,
} from "@memory-api/json-schema-arbitrary";
import type { OperationId } from "@memory-api/types";
import type fc from "fast-check";
import type { Contract } from "../../contract/contract.ts";
import type { DeclaredTraits } from "../../contract/declared-traits.ts";
import { narrowedSchema } from "./body-schemas.ts";

/** Bodies of an operation. Most are valid or invalid as their name says; each is judged on its own before it is sent. */
export interface BodyValues {
  readonly boundaries: readonly BoundaryValue[];
  readonly valid: fc.Arbitrary<JsonValue>;
  readonly invalid: fc.Arbitrary<JsonValue>;
}

/** By document, and by operation and declared traits. They take some time to derive, and do not depend on the target otherwise. */
const known = new WeakMap<object, Map<string, BodyValues>>();

export function bodyValues(contract: Contract, id: OperationId, declared: DeclaredTraits): BodyValues {
  const ofDocument = known.get(contract.document) ?? new Map<string, BodyValues>();
  known.set(contract.document, ofDocument);
  const key = `${id} ${JSON.stringify(declared)}`;
  const values = ofDocument.get(key) ?? deriveValues(contract, id, declared);
  ofDocument.set(key, values);
  return values;
}

function deriveValues(contract: Contract, id: OperationId, declared: DeclaredTraits): BodyValues {
  const schema = narrowedSchema(contract, id, declared);
  const options = { root: contract.document };
  return {
    boundaries: [...boundaryValues(schema, options)],
    valid: schemaArbitrary(schema, options),
    invalid: invalidArbitrary(schema, options).map(({ value }) => value),
  };
}
