import { bounds } from "@memory-api/types";
import type { Operation } from "./operation.ts";
import { typedId } from "./typed-id.ts";

export const listProfileImportsV2: Operation<"listProfileImportsV2"> = async ({ storage }, { path }) => {
  const imports = await storage.listImports(path.storeId, bounds["ListProfileImportsV2Response.imports"].maxItems);
  return { status: 200, body: { imports: imports.map((id) => typedId("mem_import", id)) } };
};
