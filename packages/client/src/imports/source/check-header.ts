import type { ColumnMapping } from "@memory-api/types";
import { InvalidSourceError } from "../../errors/invalid-source-error.ts";
import { closePieces, type Pieces } from "./pieces.ts";
import { readHeader } from "./read-header.ts";

/**
 * Holds the header row against the mapping, as the service would once it has the file.
 *
 * @param pieces are closed
 * @throws {InvalidSourceError} if a mapped column is missing or is there more than once
 */
export async function checkHeader(pieces: Pieces, mappings: readonly ColumnMapping[]): Promise<void> {
  const header = await readHeader(pieces).finally(() => void closePieces(pieces));
  const mapped = [...new Set(mappings.map(({ columnName }) => columnName))];
  refuse(
    "lacks",
    mapped.filter((name) => !header.includes(name)),
  );
  refuse(
    "has more than once",
    mapped.filter((name) => header.indexOf(name) !== header.lastIndexOf(name)),
  );
}

function refuse(fault: string, columns: readonly string[]): void {
  if (columns.length === 0) return;
  const names = columns.map((name) => JSON.stringify(name)).join(", ");
  throw new InvalidSourceError("header", `The header row ${fault} what the mapping names: ${names}.`, columns);
}
