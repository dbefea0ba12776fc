import { changeset } from "./changeset.ts";
import { kebabCase } from "./names.ts";
import { addToContract } from "./operation-contract.ts";
import { addSamples } from "./operation-samples.ts";
import { addToServer } from "./operation-server.ts";
import { addToTests } from "./operation-tests.ts";
import { addWorkflow } from "./operation-workflow.ts";
import type { Tree } from "./tree.ts";

export interface NewOperation {
  readonly id: string;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  /** The property that contains the items, if the operation returns them in pages. */
  readonly list: string | undefined;
}

/** Adds an operation to the contract, and everything that each operation has outside of it. */
export function newOperation(tree: Tree, operation: NewOperation): void {
  addToContract(tree, operation);
  addToServer(tree, operation);
  addToTests(tree, operation);
  addSamples(tree, operation);
  addWorkflow(tree, operation);
  changeset(tree, kebabCase(operation.id), `Add the operation \`${operation.id}\``);
}

/** The tag and the folder of the operation. */
export function resourceOf({ path }: NewOperation): "Imports" | "Profiles" {
  return path.includes("/Imports") ? "Imports" : "Profiles";
}

export function statusOf({ method }: NewOperation): 200 | 202 {
  return method === "GET" ? 200 : 202;
}

export function hasBody({ method }: NewOperation): boolean {
  return method === "POST" || method === "PUT" || method === "PATCH";
}
