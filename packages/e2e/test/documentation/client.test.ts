import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { quickInfo } from "./quick-info.ts";

const shown = (expression: string) =>
  quickInfo(
    fileURLToPath(new URL("consumer.ts", import.meta.url)),
    `import type { MemoryClient } from "@memory-api/client";
    declare const memory: MemoryClient;
    export const shown = ${expression};`,
  );

describe("what an editor shows of client", () => {
  it.each([
    ["createProfile", "\nCreate or find a profile.\n\nResolves identity"],
    ["uploadImportFile", "\nUpload the file of an import.\n\nUploads the CSV file"],
  ])("at %s is its summary, its description and what it is given", (id, text) => {
    const told = shown(`memory.operations.‸${id}`);
    expect(told).toContain(`(property) ${id}: (given: `);
    expect(told).toContain(text);
  });

  it("at a query parameter is its description, with its bounds and default", () => {
    const call = 'memory.operations.listProfiles({ path: { storeId: "mem_store_0" }, query: { ‸pageSize: 50 } })';
    expect(shown(call)).toMatch(
      /@description Maximum number .+\n\nBounds: minimum `1`, maximum `1000`\.\n@default 50$/s,
    );
  });
});
