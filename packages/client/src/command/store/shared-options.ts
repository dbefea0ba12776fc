/** Options that every command takes, as `parseArgs` of Node.js wants them. */
export const SHARED_OPTIONS = {
  store: { type: "string" },
  "base-url": { type: "string" },
  "ready-file": { type: "string" },
  json: { type: "boolean" },
} as const;

/** What was given for them. */
export type SharedValues = {
  readonly [Name in keyof typeof SHARED_OPTIONS]?: Name extends "json" ? boolean | undefined : string | undefined;
};
