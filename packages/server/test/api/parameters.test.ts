import { type OperationId, operations } from "@memory-api/types";
import { expect, it, vi } from "vitest";
import type { Operation } from "../../src/operations/operation.ts";
import { implementedOperations } from "../../src/operations/operations.ts";
import { startApi } from "../support/api-server.ts";
import { acceptedRequest } from "../support/requests.ts";

const documented = Object.values(operations).flatMap(({ id, queryParameters }) =>
  Object.keys(queryParameters).map((name) => ({ id, name })),
);

/** Returns the names of the query parameters that an operation reads while it handles a request. */
async function parametersRead<Id extends OperationId>(id: Id): Promise<ReadonlySet<string>> {
  const read = new Set<string>();
  const operation: Operation<Id> = implementedOperations[id];
  const spy = vi.spyOn(implementedOperations, id);
  const recording: Operation<Id> = (dependencies, request) => {
    const query = new Proxy(Object(request.query), {
      get(target, name) {
        read.add(String(name));
        return Reflect.get(target, name);
      },
    });
    return operation(dependencies, { ...request, query });
  };
  Reflect.apply(spy.mockImplementation, spy, [recording]);
  try {
    const api = await startApi();
    expect((await api.send(await acceptedRequest[id](api))).status).toBeLessThan(300);
  } finally {
    spy.mockRestore();
  }
  return read;
}

it.each(documented)("$id reads the query parameter $name", async ({ id, name }) => {
  const read = await parametersRead(id);
  expect(read, `Read query.${name} in the file of ${id} in packages/server/src/operations.`).toContain(name);
});
