import { ResumableError } from "./resumable-error.ts";

/** An error as JSON: what it says of itself, why, and the command that goes on. */
export function errorDocument(error: unknown): object {
  if (error instanceof ResumableError) return { ...errorDocument(error.cause), next: error.command };
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, cause, ...more } = error;
  return { name, message, ...more, ...(cause !== undefined && { cause: errorDocument(cause) }) };
}
