/** The same calls through one of the clients, each made as its documentation shows. */
export interface Caller {
  /** The options that differ from the defaults, if any. */
  readonly setting?: string;
  /** @param signal is passed if the call takes options */
  fetchProfile(profileId: string, signal?: AbortSignal): Promise<Outcome>;
  deleteProfile(profileId: string): Promise<Outcome>;
  createImport(): Promise<Outcome>;
  /** Makes the single call that gets furthest with an import. */
  importFile(csv: string): Promise<Outcome>;
  /** The ways to read the IDs of all profiles, by name. The value of each is an array. */
  readonly lists: Readonly<Record<string, () => Promise<Outcome>>>;
}

/** The outcome of a call for its caller. */
export type Outcome =
  | { readonly kind: "value"; readonly value: unknown; readonly isRedirected?: boolean }
  | { readonly kind: "rejection"; readonly error: unknown }
  /** The call resolves to a result with an error in place of data. */
  | { readonly kind: "error result"; readonly error: unknown; readonly status: number }
  | { readonly kind: "empty result" };

/** Returns the outcome of a call that rejects unless it succeeds. */
export async function outcomeOf(call: () => PromiseLike<unknown>): Promise<Outcome> {
  try {
    return { kind: "value", value: await call() };
  } catch (error) {
    return { kind: "rejection", error };
  }
}

/** Returns a verb phrase for an outcome. */
export function inWords(outcome: Outcome): string {
  if (outcome.kind === "value") return "succeeds";
  if (outcome.kind === "empty result") return "returns neither `data` nor `error`";
  if (outcome.kind === "error result") return `returns \`error\` with status ${outcome.status}`;
  const { name, status, constructor: errorClass } = Object(outcome.error);
  const className = name === "Error" ? errorClass.name : name;
  return `rejects with \`${className}\`${typeof status === "number" ? ` and status ${status}` : ""}`;
}

/** The body that creates an import. */
export const importToCreate = {
  filename: "contacts.csv",
  fileSize: 45,
  columnMappings: [
    { columnName: "email", traitGroup: "Contact", traitName: "email" },
    { columnName: "name", traitGroup: "Contact", traitName: "firstName" },
  ],
};
