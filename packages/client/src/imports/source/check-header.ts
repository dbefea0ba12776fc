import type { ColumnMapping } from "@memory-api/types";
import { InvalidSourceError } from "../../errors/invalid-source-error.ts";
import { closePieces, type Pieces } from "./pieces.ts";
import { readHeader } from "./read-header.ts";

/** How many of the columns found an error lists, and how many characters of each. */
const LISTED_COLUMNS = 20;
const LISTED_CHARACTERS = 40;

/** An email address, or as many digits as a phone number has. A row of an importable file contains an identifier, which is often one. */
const DATA = /@|(?:\d\D*){7}/;

/** Characters that a terminal obeys, or that reorder the text around them, except those that `JSON.stringify` escapes. */
const CONTROLS = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/**
 * Checks the header row against the mapping before anything is sent, as the service does once it has the file.
 *
 * @param pieces are closed
 * @throws {InvalidSourceError} if a mapped column is missing or occurs more than once
 */
export async function checkHeader(pieces: Pieces, mappings: readonly ColumnMapping[]): Promise<void> {
  const header = await readHeader(pieces).finally(() => void closePieces(pieces));
  const mapped = [...new Set(mappings.map(({ columnName }) => columnName))];
  const missing = mapped.filter((name) => !header.includes(name));
  if (missing.length > 0) {
    const reason = `lacks these mapped columns: ${missing.map(quoted).join(", ")}. ${found(header, mapped)}`;
    throw new InvalidSourceError("header", `The header row ${reason}`, missing);
  }
  const repeated = mapped.filter((name) => header.indexOf(name) !== header.lastIndexOf(name));
  if (repeated.length > 0) {
    const reason = `contains these mapped columns more than once: ${repeated.map(quoted).join(", ")}.`;
    throw new InvalidSourceError("header", `The header row ${reason}`, repeated);
  }
}

/** Describes the columns found. If the file has no header row, the first row is that of a customer, which no error may contain. */
function found(header: readonly string[], mapped: readonly string[]): string {
  const isHeader = mapped.some((name) => header.includes(name));
  if (!isHeader && header.some((cell) => DATA.test(cell))) {
    return "Its content looks like data and is not shown. Does the file have a header row?";
  }
  const listed = header.slice(0, LISTED_COLUMNS).map((name) => quoted(shortened(name)));
  const more = header.length - listed.length;
  const hint = header.length === 1 && /[;\t|]/.test(header[0] ?? "") ? " Separate columns with commas." : "";
  return `It contains: ${listed.join(", ")}${more > 0 ? ` and ${more} more` : ""}.${hint}`;
}

function shortened(name: string): string {
  const characters = [...name.slice(0, 2 * LISTED_CHARACTERS + 1)];
  return characters.length > LISTED_CHARACTERS ? `${characters.slice(0, LISTED_CHARACTERS).join("")}…` : name;
}

function quoted(name: string): string {
  return JSON.stringify(name).replace(
    CONTROLS,
    (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
