/** The error codes that the contract lists in its description. */
export interface ErrorTable {
  /** The codes of each status. */
  readonly codes: ReadonlyMap<number, readonly number[]>;
  /** What `more_info` begins with. The code follows. */
  readonly baseUrl: string;
  /** The codes for which a server may have documentation of its own. */
  readonly ownCodes: ReadonlySet<number>;
}

const ROW = /^\| (\d{3}) \| (\d{3,6}) \|/gm;
const ITEM = /^- `(\d{3})` with code (\d{3,6})/gm;
const BASE_URL = /`(https:\/\/\S+\/)` followed by the code/;

/**
 * Reads the table of codes, and the list of the codes that this project defines.
 *
 * @throws {Error} if the description has no such table, because no code could be checked then
 */
export function readErrorTable(description: string): ErrorTable {
  const own = [...description.matchAll(ITEM)].map(([, status, code]) => [Number(status), Number(code)] as const);
  const rows = [...description.matchAll(ROW)].map(([, status, code]) => [Number(status), Number(code)] as const);
  const baseUrl = BASE_URL.exec(description)?.[1];
  if (rows.length === 0 || own.length === 0 || baseUrl === undefined) {
    throw new Error("The description of the contract has no table of error codes, or no URL of their documentation.");
  }
  const codes = new Map<number, number[]>();
  for (const [status, code] of [...rows, ...own]) codes.set(status, [...(codes.get(status) ?? []), code]);
  return { codes, baseUrl, ownCodes: new Set(own.map(([, code]) => code)) };
}
