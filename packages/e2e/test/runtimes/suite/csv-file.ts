const ROWS = 32;

/** A CSV file of two megabytes in few rows: a column that is not mapped makes them long. */
export interface CsvFile {
  /** Its lines, the header first. */
  readonly lines: readonly string[];
  /** Bytes. */
  readonly size: number;
  /** The last row, as a contact. */
  readonly last: { readonly email: string; readonly firstName: string };
}

/** @param name what its e-mail addresses begin with */
export function csvFile(name: string): CsvFile {
  const note = "Ω".repeat(32 * 1024);
  const contact = (row: number) => ({ email: `${name}-${row}@example.com`, firstName: `Customer ${row}` });
  const rows = Array.from({ length: ROWS }, (_, at) => contact(at + 1));
  const lines = ["email,name,note\n", ...rows.map(({ email, firstName }) => `${email},${firstName},${note}\n`)];
  return { lines, size: new TextEncoder().encode(lines.join("")).length, last: contact(ROWS) };
}

/** Which of its columns go to which traits. */
export const mapping = { email: "Contact.email", name: "Contact.firstName" } as const;

/** The same, as the contract has it. */
export const columnMappings = [
  { columnName: "email", traitGroup: "Contact", traitName: "email" },
  { columnName: "name", traitGroup: "Contact", traitName: "firstName" },
];

/** A stream of lines, each of which is made when it is asked for. */
export function streamOf(lines: readonly string[]): ReadableStream<Uint8Array> {
  const left = lines.values();
  return new ReadableStream({
    pull(controller) {
      const { done, value } = left.next();
      if (done) controller.close();
      else controller.enqueue(new TextEncoder().encode(value));
    },
  });
}
