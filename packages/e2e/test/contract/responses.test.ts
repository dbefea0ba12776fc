import { createMemoryClient, MemoryApiError, type PlainHeaders } from "@memory-api/client";
import { type Mock, startMock } from "@memory-api/mock";
import type { OpenAPIV3_1 } from "openapi-types";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exampleOf } from "./bounds.ts";
import { misfit } from "./contract-ajv.ts";
import "./coverage.ts";
import { type ContractOperation, contractOperations, fragment, resolved, type Schema } from "./operations.ts";
import { exampleRequest } from "./requests.ts";

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.stop());

interface DocumentedAnswer {
  operation: ContractOperation;
  status: number;
  response: OpenAPIV3_1.ResponseObject;
  /** Where the response stands in the bundle. */
  pointer: string;
  /** Name of the example and its value; absent where the response has no body. */
  example?: string;
  value?: unknown;
}

/** Every answer that the contract documents: one for each named example, and one for a status without a body. */
const answers = contractOperations.flatMap((operation) =>
  operation.responses.flatMap(({ status, response, pointer }): DocumentedAnswer[] => {
    const examples = Object.entries(response.content?.["application/json"]?.examples ?? {});
    if (examples.length === 0) return [{ operation, status, response, pointer }];
    return examples.map(([example, described]) => {
      const { value } = resolved<{ value: unknown }>(described);
      return { operation, status, response, pointer, example, value };
    });
  }),
);

const covered = { operations: new Set<string>(), statuses: new Set<string>(), examples: new Set<string>() };

describe("through the typed client, the mock answers", () => {
  it.each(answers)("$operation.id with $status $example, as the contract has it", async (answer) => {
    const { operation, status, response, pointer, example, value } = answer;
    const outcome = await call(operation, { status, ...(example !== undefined && { example }) });

    expect(outcome.status).toBe(status);
    expect(outcome.body).toEqual(value);
    if (example !== undefined) {
      expect(misfit(`${pointer}/content/application~1json/schema`, outcome.body)).toBeUndefined();
    }
    for (const [name, described] of Object.entries(response.headers ?? {})) {
      const { required, schema } = resolved<{ required?: boolean; schema: Schema }>(described);
      const header = outcome.headers?.get(name) ?? undefined;
      if (header === undefined && !required) continue;
      // A header is text; one whose schema says integer is read as a number.
      const read = resolved<Schema>(schema).type === "integer" ? Number(header) : header;
      const place = "$ref" in described ? described.$ref : `${pointer}/headers/${fragment(name)}`;
      expect(misfit(`${place}/schema`, read), name).toBeUndefined();
    }
    covered.operations.add(operation.id);
    covered.statuses.add(`${operation.id} ${status}`);
    if (example !== undefined) covered.examples.add(`${operation.id} ${status} ${example}`);
  });

  it("so no operation, status or example is left out", ({ task }) => {
    const all = contractOperations.flatMap(({ id, responses }) => responses.map(({ status }) => `${id} ${status}`));
    const examples = answers.filter(({ example }) => example !== undefined);
    task.meta.coverage =
      `${covered.operations.size} of ${contractOperations.length} operations, ` +
      `${covered.statuses.size} of ${all.length} statuses, ${covered.examples.size} of ${examples.length} examples`;
    expect(covered.operations.size).toBe(10);
    expect([...covered.statuses].sort()).toEqual(all.sort());
    expect(covered.examples.size).toBe(examples.length);
  });
});

interface Outcome {
  status: number;
  body: unknown;
  headers?: PlainHeaders;
}

/** Calls an operation with arguments made of the contract's examples; an answer that is no success is no failure here. */
async function call(operation: ContractOperation, answer: { status: number; example?: string }): Promise<Outcome> {
  let success: Response | undefined;
  const send = mock.fetch(answer);
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
