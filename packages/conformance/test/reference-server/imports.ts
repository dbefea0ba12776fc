import { createHmac, randomBytes } from "node:crypto";
import type { ColumnMapping } from "@memory-api/types";
import { type ContactChanges, newId, type ReferenceStore } from "./store.ts";

export interface ReferenceImport {
  readonly importId: string;
  readonly token: string;
  readonly state: {
    status: "PENDING" | "PROCESSING" | "COMPLETED" | "FAILED";
    readonly filename: string;
    readonly createdAt: string;
    updatedAt: string;
    readonly fileSize: number;
    readonly columnMappings: readonly ColumnMapping[];
    summary?: { readonly errors: number; readonly warnings: number };
  };
  readonly expiresAt: number;
}

const KEY = randomBytes(32);
const VALID_MS = 1_800_000;
/** An import with so many errors is FAILED. */
const TOO_MANY_ERRORS = 100;

/** A text that only this process can have made. */
export function signed(text: string): string {
  return `${text}.${createHmac("sha256", KEY).update(text).digest("base64url")}`;
}

type NewImport = Pick<ReferenceImport["state"], "filename" | "fileSize" | "columnMappings">;

export function newImport({ filename, fileSize, columnMappings }: NewImport): ReferenceImport {
  const importId = newId("mem_import");
  const createdAt = new Date().toISOString();
  const state = { status: "PENDING", filename, createdAt, updatedAt: createdAt, fileSize, columnMappings } as const;
  return { importId, token: signed(`${importId}.${fileSize}`), state: { ...state }, expiresAt: Date.now() + VALID_MS };
}

/** Applies the rows of an uploaded file. */
export function applyFile({ state }: ReferenceImport, store: ReferenceStore, file: Buffer): void {
  const end = (status: "COMPLETED" | "FAILED", errors: number) =>
    Object.assign(state, { status, summary: { errors, warnings: 0 }, updatedAt: new Date().toISOString() });
  const rows = rowsOf(file);
  const [header, ...others] = rows ?? [];
  const columns = state.columnMappings.map(({ columnName, traitName }) => {
    const at = header?.indexOf(columnName) ?? -1;
    return { at, traitName, isRepeated: header?.lastIndexOf(columnName) !== at };
  });
  if (header === undefined || columns.some(({ at, isRepeated }) => at < 0 || isRepeated)) return void end("FAILED", 0);
  let errors = 0;
  for (const row of others) {
    const cells = columns.map(({ at, traitName }) => [traitName, row[at] === "\\N" ? null : (row[at] ?? "")] as const);
    if (row.length !== header.length || !applyRow(store, Object.fromEntries(cells))) errors++;
  }
  end(errors < TOO_MANY_ERRORS ? "COMPLETED" : "FAILED", errors);
}

function applyRow(store: ReferenceStore, contact: ContactChanges): boolean {
  const values = Object.fromEntries(Object.entries(contact).filter(([, value]) => value !== null));
  const id = store.upsert(values);
  if (id === undefined) return false;
  const removals = Object.fromEntries(Object.entries(contact).filter(([, value]) => value === null));
  if (Object.keys(removals).length > 0) store.patch(id, removals);
  return true;
}

/** @returns the cells of each row (RFC 4180); `undefined` if the file is not UTF-8, or a quote is misplaced or not closed */
function rowsOf(file: Buffer): string[][] | undefined {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(file);
  } catch {
    return undefined;
  }
  const rows: string[][] = [];
  let row: string[] = [];
  let rest = text;
  while (rest !== "") {
    const found = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/.exec(rest);
    if (found === null) return undefined;
    const [matched, quoted, plain = "", separator = ""] = found;
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    rest = rest.slice(matched.length);
    if (separator === "," && rest === "") row.push("");
    if (separator === "," && rest !== "") continue;
    // An empty line is not a row.
    if (row.length > 1 || row[0] !== "" || quoted !== undefined) rows.push(row);
    row = [];
  }
  return rows;
}
