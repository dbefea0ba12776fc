import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { quickInfo } from "./quick-info.ts";

const quickInfoOf = (expression: string) =>
  quickInfo(
    fileURLToPath(new URL("consumer.ts", import.meta.url)),
    `import type { MemoryClient } from "@memory-api/client";
    declare const memory: MemoryClient;
    export const value = ${expression};`,
  );

describe("the quick info of the client in an editor", () => {
  it.each([
    ["createProfile", "\nCreate or find a profile.\n\nResolves identity"],
    ["uploadImportFile", "\nUpload the file of an import.\n\nUploads the CSV file"],
  ])("contains the signature, summary and description of the operation %s", (id, documentation) => {
    const text = quickInfoOf(`memory.operations.‸${id}`);
    expect(text).toMatch(new RegExp(`\\(property\\) ${id}: (<.+?>)?\\(given: `));
    expect(text).toContain(documentation);
  });

  it("contains the description, bounds and default of a query parameter", () => {
    const call = 'memory.operations.listProfiles({ path: { storeId: "mem_store_0" }, query: { ‸pageSize: 50 } })';
    expect(quickInfoOf(call)).toMatch(
      /@description Maximum number .+\n\nBounds: minimum `1`, maximum `1000`\.\n@default 50$/s,
    );
  });
});
