import { createSandbox } from "@memory-api/server";
import type { OperationId } from "@memory-api/types";
import { connectionIn } from "../../src/connection/connection.ts";
import { machine, type Surroundings } from "../../src/connection/surroundings.ts";

/** A sandbox, its store, and how to reach it. */
export async function sandboxStore(surroundings: Surroundings = machine) {
  const sandbox = await createSandbox();
  const connection = connectionIn(surroundings, sandbox.clientOptions);
  return {
    sandbox,
    connection,
    storeId: "mem_store_00000000000000000000000000",
    /** IDs of the operations that were asked for. */
    asked: (): (OperationId | undefined)[] => sandbox.requests.exchanges().map(({ operationId }) => operationId),
  } as const;
}
