import type { Ending } from "./ending.ts";

/** The same calls through one of the clients, each made as its documentation shows it. */
export interface Caller {
  /** What was set, where it is not left at its defaults. */
  readonly setting?: string;
  /** @param signal is given where the call takes options */
  fetchProfile(profileId: string, signal?: AbortSignal): Promise<Ending>;
  deleteProfile(profileId: string): Promise<Ending>;
  createImport(): Promise<Ending>;
  /** With the one call that brings it furthest. */
  importFile(csv: string): Promise<Ending>;
  /** The ways to read the IDs of all profiles, each under its name. What it gives is an array. */
  readonly lists: Readonly<Record<string, () => Promise<Ending>>>;
}

/** What an import is created with. */
export const importToCreate = {
  filename: "contacts.csv",
  fileSize: 45,
  columnMappings: [
    { columnName: "email", traitGroup: "Contact", traitName: "email" },
    { columnName: "name", traitGroup: "Contact", traitName: "firstName" },
  ],
};
