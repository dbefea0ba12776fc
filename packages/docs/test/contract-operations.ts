import { openapi } from "@memory-api/spec";

/** An operation as the reference must show it. */
export interface ContractOperation {
  id: string;
  summary: string;
  tag: string;
  /** Method and path, as the panel of its samples shows them. */
  address: string;
}

const methods = ["get", "put", "post", "patch", "delete"] as const;

/** Every operation of the contract. */
export const contractOperations: ContractOperation[] = Object.entries(openapi.paths ?? {}).flatMap(([path, item]) =>
  methods.flatMap((method) => {
    const operation = item?.[method];
    if (operation === undefined) return [];
    const { operationId: id = "", summary = "", tags: [tag = ""] = [] } = operation;
    return { id, summary, tag, address: `${method.toUpperCase()}${path}` };
  }),
);
