/** What each kind of violation means. */
export const KINDS = {
  "merged-profile": "A profile exists, but its ID has merged into another profile, or was deleted after a merge.",
  "malformed-holders": "The list of IDs under which identifiers of a profile are stored cannot be read.",
  "foreign-holder": "A profile lists an ID whose identifiers belong to another profile.",
  "empty-holder": "A profile lists an ID under which no identifier is stored.",
  "identifier-without-profile": "An identifier leads to a profile that does not exist.",
  "unlisted-identifier": "An identifier leads to a profile that does not list it, so the profile would not release it.",
  "duplicate-identifier": "Two profiles have the same identifier, although the primary key does not allow it.",
  "merge-node-without-parent": "A merged ID leads to an ID that is not part of a merge.",
  "merge-cycle": "A merged ID leads back to itself.",
  "malformed-merge-root": "The root of a merge has no size, or an inner node has one.",
  "redirect-without-profile": "A merge leads to a profile that does not exist, but was not deleted either.",
  "redirect-outside-merge": "A merge leads to a profile that is not part of it.",
  "redirect-to-newer-profile": "A merged ID leads to a profile that was created later.",
  "trait-group-without-profile": "Traits are stored for a profile that does not exist.",
  "malformed-trait-group": "A trait group is empty or cannot be read.",
  "malformed-import": "An import cannot be read.",
  "inconsistent-import": "The status, the file, the progress and the job of an import contradict each other.",
  "import-without-upload": "An import is PROCESSING, but its file is missing or has another size.",
  "upload-without-import": "A file is stored for an import that does not exist.",
  "identifiers-over-limit": "A profile has more identifiers of a type than its store allows.",
  "promoted-trait-without-identifier": "The value of a promoted trait is not an identifier of its profile.",
} as const;

export type ViolationKind = keyof typeof KINDS;

/** Kinds that a change of the configuration causes in correct data, until the profile is written again. */
const WARNINGS: ReadonlySet<ViolationKind> = new Set(["identifiers-over-limit", "promoted-trait-without-identifier"]);

/** A contradiction in the stored data. It contains names and IDs, but no value of a trait or an identifier. */
export interface Violation {
  readonly kind: ViolationKind;
  /** Absent for a file on disk, which does not show its store. */
  readonly storeId?: string;
  /** What is affected, by role, such as `profile` or `import`. */
  readonly ids: Readonly<Record<string, string>>;
}

/** Whether the data may be correct: the rules of its store may have changed since it was written. */
export function isWarning({ kind }: Violation): boolean {
  return WARNINGS.has(kind);
}
