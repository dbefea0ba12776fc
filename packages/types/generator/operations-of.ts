import type { OpenAPIV3_1 } from "openapi-types";

const METHODS = ["get", "put", "post", "patch", "delete"] as const;

type PathItem = OpenAPIV3_1.PathItemObject;
type Operation = OpenAPIV3_1.OperationObject & { "x-repeatable"?: boolean };

/** An operation of the contract, where it stands. */
export interface PlacedOperation {
  readonly id: string;
  readonly method: (typeof METHODS)[number];
  readonly path: string;
  readonly pathItem: PathItem;
  readonly operation: Operation;
}

/** The operations of the bundle, in its order. */
export function operationsOf(bundle: OpenAPIV3_1.Document): PlacedOperation[] {
  return Object.entries(bundle.paths ?? {}).flatMap(([path, pathItem = {}]) =>
    METHODS.flatMap((method) => {
      const operation: Operation | undefined = pathItem[method];
      if (operation === undefined) return [];
      const id = operation.operationId;
      if (id === undefined) throw new Error(`${method.toUpperCase()} ${path} has no operationId.`);
      return [{ id, method, path, pathItem, operation }];
    }),
  );
}
