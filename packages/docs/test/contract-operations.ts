import { openapi } from "@memory-api/spec";

/** An operation as the reference has to show it. */
export interface ContractOperation {
  id: string;
  summary: string;
  tag: string;
}

/** Every operation of the contract. */
export const contractOperations: ContractOperation[] = Object.values(openapi.paths ?? {})
  .flatMap((item) => [item?.get, item?.put, item?.post, item?.patch, item?.delete])
  .filter((operation) => operation !== undefined)
  .map(({ operationId = "", summary = "", tags: [tag = ""] = [] }) => ({ id: operationId, summary, tag }));
