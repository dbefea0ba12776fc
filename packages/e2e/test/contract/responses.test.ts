import { createMemoryClient, MemoryApiError, type PlainHeaders } from "@memory-api/client";
import { type Mock, startMock } from "@memory-api/mock";
import type { OpenAPIV3_1 } from "openapi-types";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exampleOf } from "./bounds.ts";
import { type ContractOperation, contractOperations, dereference, pointerToken, type Schema } from "./operations.ts";
import { exampleRequest } from "./requests.ts";
import { validationError } from "./validation-error.ts";

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.stop());

interface DocumentedResponse {
  operation: ContractOperation;
  status: number;
  response: OpenAPIV3_1.ResponseObject;
  /** JSON pointer of the response in the bundle, as a URI fragment. */
  pointer: string;
  /** Name and value of the example. Absent if the response has no body. */
  example?: string;
  value?: unknown;
}

/** All documented responses: one for each named example, and one for each status without a body. */
const documentedResponses = contractOperations.flatMap((operation) =>
  operation.responses.flatMap(({ status, response, pointer }): DocumentedResponse[] => {
    const examples = Object.entries(response.content?.["application/json"]?.examples ?? {});
    if (examples.length === 0) return [{ operation, status, response, pointer }];
    return examples.map(([example, described]) => {
      const { value } = dereference<{ value: unknown }>(described);
      return { operation, status, response, pointer, example, value };
    });
  }),
);

const covered = { operations: new Set<string>(), statuses: new Set<string>(), examples: new Set<string>() };

describe("the mock, called through the client,", () => {
  it.each(documentedResponses)(
    "returns the documented response: $operation.id $status $example",
    async (documented) => {
      const { operation, status, response, pointer, example, value } = documented;
      const outcome = await call(operation, { status, ...(example !== undefined && { example }) });

      expect(outcome.status).toBe(status);
      expect(outcome.body).toEqual(value);
      if (example !== undefined) {
        expect(validationError(`${pointer}/content/application~1json/schema`, outcome.body)).toBeUndefined();
      }
      for (const [name, described] of Object.entries(response.headers ?? {})) {
        const { required, schema } = dereference<{ required?: boolean; schema: Schema }>(described);
        const header = outcome.headers?.get(name) ?? undefined;
        if (header === undefined && !required) continue;
        const parsed = dereference<Schema>(schema).type === "integer" ? Number(header) : header;
        const headerPointer = "$ref" in described ? described.$ref : `${pointer}/headers/${pointerToken(name)}`;
        expect(validationError(`${headerPointer}/schema`, parsed), name).toBeUndefined();
      }
      covered.operations.add(operation.id);
      covered.statuses.add(`${operation.id} ${status}`);
      if (example !== undefined) covered.examples.add(`${operation.id} ${status} ${example}`);
    },
  );

  it("returns a response for every operation, status and example", ({ task }) => {
    const all = contractOperations.flatMap(({ id, responses }) => responses.map(({ status }) => `${id} ${status}`));
    const examples = documentedResponses.filter(({ example }) => example !== undefined);
    task.meta.coverage =
      `${covered.operations.size} of ${contractOperations.length} operations, ` +
      `${covered.statuses.size} of ${all.length} statuses, ${covered.examples.size} of ${examples.length} examples`;
    expect(covered.operations.size).toBe(contractOperations.length);
    expect([...covered.statuses].sort()).toEqual(all.sort());
    expect(covered.examples.size).toBe(examples.length);
  });
});

interface Outcome {
  status: number;
  body: unknown;
  headers?: PlainHeaders;
}

/** Calls an operation with the examples of the contract. An error response resolves too. */
async function call(operation: ContractOperation, expected: { status: number; example?: string }): Promise<Outcome> {
  let success: Response | undefined;
  const send = mock.fetch(expected);
  const { operations } = createMemoryClient({
    credentials: { apiKey: "key", apiSecret: "secret" },
    retry: false,
    fetch: async (url, init) => {
      success = await send(url, init);
      return success;
    },
  });
  try {
    const body: unknown = await Reflect.apply(operations[operation.id], undefined, [argumentsOf(operation)]);
    return { status: success?.status ?? 0, body, ...(success && { headers: success.headers }) };
  } catch (error) {
    if (!(error instanceof MemoryApiError)) throw error;
    return error;
  }
}

function argumentsOf(operation: ContractOperation): unknown {
  const { target, body } = exampleRequest(operation);
  if (operation.id === "uploadImportFile") return { url: mock.url + target, body };
  const path = operation.parameters.filter((parameter) => parameter.in === "path");
  return {
    path: Object.fromEntries(path.map(({ name, schema }) => [name, exampleOf(schema as Schema)])),
    ...(body !== undefined && { body: JSON.parse(body) }),
  };
}
