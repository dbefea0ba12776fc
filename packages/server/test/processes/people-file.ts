import type { RequestOf } from "@memory-api/types";

const PEOPLE = 3_000;

/** A file with two distant rows for each of many people. The second row reverts what the first wrote. */
export interface PeopleFile {
  readonly csv: string;
  readonly announced: RequestOf<"createProfilesImportV2">;
  /** Number of rows, without the header row. */
  readonly rows: number;
  readonly summary: { readonly errors: number; readonly warnings: number };
  /** Traits, keyed by identifier as `type value`. */
  readonly people: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

export function peopleFile(): PeopleFile {
  const emails = Array.from({ length: PEOPLE }, (_, at) => `p${at}@example.com`);
  const nobody = ",nobody,x";
  const tooLong = `p0@example.com,${"x".repeat(1025)},last`;
  const lines = [
    nobody,
    ...emails.map((email) => `${email},${email},first`),
    nobody,
    ...emails.map((email) => `${email},\\N,last`),
    tooLong,
    nobody,
  ];
  const csv = ["Email,Name,City", ...lines, ""].join("\n");
  const columnMappings = [
    { columnName: "Email", traitGroup: "Contact", traitName: "email" },
    { columnName: "Name", traitGroup: "Contact", traitName: "firstName" },
    { columnName: "City", traitGroup: "Contact", traitName: "city" },
  ];
  return {
    csv,
    announced: { filename: "people.csv", fileSize: csv.length, columnMappings },
    rows: lines.length,
    summary: { errors: 3, warnings: 1 },
    people: new Map(emails.map((email) => [`email ${email}`, { email, city: "last" }])),
  };
}
