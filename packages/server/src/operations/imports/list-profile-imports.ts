import { bounds } from "@memory-api/types";
import type { Operation } from "../operation.ts";
import { typedId } from "../typed-id.ts";

export const listProfileImportsV2: Operation<"listProfileImportsV2"> = async ({ storage }, { path }) => {
  const pageSize = bounds.ListProfileImportsV2Response.imports.maxItems;
  const imports = await storage.listImports(path.storeId, pageSize);
  const ids = imports.map((id) => typedId("mem_import", id));
  return { status: 200, body: { imports: ids, meta: { key: "imports", pageSize } } };
};
