import type { ImportId, ResponseOf, StoreId } from "@memory-api/types";
import type { Connection } from "../../connection/connection.ts";
import { fetchProfileImportV2, listProfileImportsV2 } from "../../generated/operations.ts";
import { requiredOperand } from "../arguments.ts";
import { EXIT } from "../errors.ts";
import type { Invocation } from "../invocation.ts";
import { print, printable } from "../io/output.ts";
import { checkedId, wholeNumber } from "../option-values.ts";

type ImportState = ResponseOf<"fetchProfileImportV2", 200> & { readonly importId: ImportId };

/** How many imports are fetched at a time. The list of the API contains only their IDs. */
const CONCURRENCY = 5;

/** Prints the newest imports, newest first: as a table, or one JSON document per line. */
export async function listImports({ options, openStore, signal }: Invocation): Promise<number> {
  const limit = wholeNumber("--limit", options.limit, 1);
  const { connection, storeId } = await openStore();
  const { imports } = await listProfileImportsV2(connection, { path: { storeId } }, { signal });
  if (imports.length === 0 && !options.json) console.error("The store has no imports.");
  const importIds = imports.slice(0, limit);
  for (let from = 0; from < importIds.length; from += CONCURRENCY) {
    const fetched = importIds
      .slice(from, from + CONCURRENCY)
      .map((importId) => fetchImport(connection, storeId, importId, signal));
    const rows = (await Promise.all(fetched)).map((state) => (options.json ? JSON.stringify(state) : rowOf(state)));
    await print([...(from === 0 && !options.json ? [HEAD] : []), ...rows].join("\n"), signal);
  }
  return EXIT.done;
}

/** Prints an import, one property per line, or as JSON. */
export async function showImport({ operands, options, openStore, signal }: Invocation): Promise<number> {
  const importId = checkedId("ImportId", requiredOperand(operands, "memory import status <importId>"), "The import ID");
  const { connection, storeId } = await openStore();
  const state = await fetchImport(connection, storeId, importId, signal);
  await print(options.json ? JSON.stringify(state) : linesOf(state).join("\n"), signal);
  return EXIT.done;
}

async function fetchImport(
  connection: Connection,
  storeId: StoreId,
  importId: ImportId,
  signal: AbortSignal,
): Promise<ImportState> {
  return { importId, ...(await fetchProfileImportV2(connection, { path: { storeId, importId } }, { signal })) };
}

const HEAD = tableRow("IMPORT ID", "STATUS", "CREATED", "FAILED ROWS", "FILE");

function rowOf({ importId, status, createdAt, summary, filename }: ImportState): string {
  return tableRow(importId, status, createdAt, String(summary?.errors ?? "-"), filename);
}

/** The columns are as wide as their longest usual value, so that rows can be printed before all of them are fetched. */
function tableRow(importId: string, status: string, createdAt: string, failedRows: string, filename: string): string {
  const cells = [importId.padEnd(37), status.padEnd(10), createdAt.padEnd(24), failedRows.padEnd(11), filename];
  return printable(cells.join("  "));
}

function linesOf({ importId, status, filename, createdAt, ...others }: ImportState): string[] {
  const { updatedAt, fileSize, columnMappings, summary } = others;
  const lines = [`importId: ${importId}`, `status: ${status}`, `filename: ${filename}`, `createdAt: ${createdAt}`];
  if (updatedAt !== undefined) lines.push(`updatedAt: ${updatedAt}`);
  if (fileSize !== undefined) lines.push(`fileSize: ${fileSize} bytes`);
  if (columnMappings !== undefined) {
    const columns = columnMappings.map(
      ({ columnName, traitGroup, traitName }) => `${columnName}=${traitGroup}.${traitName}`,
    );
    lines.push(`columns: ${columns.join(", ")}`);
  }
  if (summary?.errors !== undefined) lines.push(`failed rows: ${summary.errors}`);
  if (summary?.warnings !== undefined) lines.push(`rows with warnings: ${summary.warnings}`);
  return lines.map(printable);
}
