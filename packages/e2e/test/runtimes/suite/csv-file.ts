const ROWS = 32;

/** A CSV file of two megabytes with few rows. A long column that is not mapped makes it large. */
export interface CsvFile {
  /** Header and rows, each with a trailing line break. */
  readonly lines: readonly string[];
  /** In bytes. */
  readonly size: number;
  /** The last row, as a contact. */
  readonly last: { readonly email: string; readonly firstName: string };
}

/** @param name prefix of the email addresses */
export function csvFile(name: string): CsvFile {
  const note = "Ω".repeat(32 * 1024);
  const contact = (row: number) => ({ email: `${name}-${row}@example.com`, firstName: `Customer ${row}` });
  const rows = Array.from({ length: ROWS }, (_, at) => contact(at + 1));
  const lines = ["email,name,note\n", ...rows.map(({ email, firstName }) => `${email},${firstName},${note}\n`)];
  return { lines, size: new TextEncoder().encode(lines.join("")).length, last: contact(ROWS) };
}

/** Maps the columns of a {@link CsvFile} to traits. */
export const mapping = { email: "Contact.email", name: "Contact.firstName" } as const;

/** The same mapping in the format of the contract. */
export const columnMappings = [
  { columnName: "email", traitGroup: "Contact", traitName: "email" },
  { columnName: "name", traitGroup: "Contact", traitName: "firstName" },
];

/** Returns a stream that produces each line on demand. */
export function streamOf(lines: readonly string[]): ReadableStream<Uint8Array> {
  const remaining = lines.values();
  return new ReadableStream({
    pull(controller) {
      const { done, value } = remaining.next();
      if (done) controller.close();
      else controller.enqueue(new TextEncoder().encode(value));
    },
  });
}
