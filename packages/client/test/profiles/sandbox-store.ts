import { createSandbox } from "@memory-api/server";
import type { OperationId } from "@memory-api/types";
import { connectionWith } from "../../src/connection/connection.ts";
import { type Environment, systemEnvironment } from "../../src/connection/environment.ts";

/** A sandbox, its store, and a connection to it. */
export async function sandboxStore(environment: Environment = systemEnvironment) {
  const sandbox = await createSandbox();
  const connection = connectionWith(environment, sandbox.clientOptions);
  return {
    sandbox,
    connection,
    storeId: "mem_store_00000000000000000000000000",
    /** The operation of each request that the sandbox received. */
    operationIds: (): (OperationId | undefined)[] => sandbox.requests.exchanges().map(({ operationId }) => operationId),
  } as const;
}
