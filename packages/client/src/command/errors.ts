import { isBulkUpsertError } from "../errors/bulk-upsert-error.ts";
import { isInvalidParameterError } from "../errors/invalid-parameter-error.ts";
import { isMemoryApiError, type MemoryApiError } from "../errors/memory-api-error.ts";
import { isProfileMovedError } from "../errors/profile-moved-error.ts";
import { printable } from "./io/output.ts";

/** Exit codes. A command that a signal interrupts exits with 128 plus the number of the signal. */
export const EXIT = { done: 0, failed: 1, wrongUsage: 2, failedRows: 3 } as const;

/** The arguments are wrong. Nothing was sent. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** A file or standard input cannot be read, or its content is invalid. The message contains nothing of the content. */
export class InputError extends Error {
  override readonly name = "InputError";
}

/** A signal interrupted the command. */
export class InterruptedError extends Error {
  override readonly name = "InterruptedError";

  readonly exitCode: number;

  constructor(signalNumber: number) {
    super("Interrupted.");
    this.exitCode = 128 + signalNumber;
  }
}

/** The work ended early, and another command continues it. */
export class ResumableError extends Error {
  override readonly name = "ResumableError";

  /** The command that continues, as a line for a shell. */
  readonly command: string;

  /** @param advice the text that precedes the command */
  constructor(cause: unknown, advice: string, command: string) {
    super(advice, { cause });
    this.command = command;
  }
}

/** The API rejected the credentials. */
export class CredentialsError extends Error {
  override readonly name = "CredentialsError";

  /** Where the credentials come from. */
  readonly credentialsFrom: string;

  /** @param advice what to check */
  constructor(cause: unknown, credentialsFrom: string, advice: string) {
    super(`They come from ${credentialsFrom}. ${advice}`, { cause });
    this.credentialsFrom = credentialsFrom;
  }
}

/** Whether the API rejected the credentials, with this error or with one of its causes. */
export function isUnauthorized(error: unknown): boolean {
  if (isMemoryApiError(error)) return error.status === 401;
  return error instanceof Error && isUnauthorized(error.cause);
}

/** Returns the exit code for an error. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof ResumableError || error instanceof CredentialsError) return exitCodeOf(error.cause);
  if (error instanceof InterruptedError) return error.exitCode;
  const isUsage = error instanceof UsageError || isInvalidParameterError(error);
  return isUsage ? EXIT.wrongUsage : EXIT.failed;
}

/** Returns the text that a person reads: what went wrong, where the credentials come from if they are wrong, and a command that continues. */
export function explainError(error: unknown): string {
  return explanation(error).map(printable).join("\n");
}

/** Returns the JSON form of an error: its own properties, its causes, and the command that continues the work. */
export function errorDocument(error: unknown): object {
  if (error instanceof ResumableError) return { ...errorDocument(error.cause), next: error.command };
  if (error instanceof CredentialsError) {
    return { ...errorDocument(error.cause), credentialsFrom: error.credentialsFrom };
  }
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, cause, ...more } = error;
  return { name, message, ...more, ...(cause !== undefined && { cause: errorDocument(cause) }) };
}

function explanation(error: unknown): string[] {
  if (error instanceof ResumableError) return [...explanation(error.cause), `${error.message} ${error.command}`];
  if (!(error instanceof CredentialsError)) return [sentence(error)];
  const [reason = "", ...others] = explanation(error.cause);
  return [reason, error.message, ...others];
}

function sentence(error: unknown): string {
  if (isBulkUpsertError(error)) {
    const { from, to, itemIndex, cause } = error;
    const lines = to - from === 1 ? `Line ${to} was` : `Lines ${from + 1} to ${to} were`;
    const line = itemIndex === undefined ? "" : ` because of line ${itemIndex + 1}`;
    return `${lines} not accepted${line}: ${sentence(cause)}`;
  }
  if (isProfileMovedError(error)) {
    return `The profile was merged into ${error.canonicalProfileId}, and nothing was changed. Use that ID, or add --follow-moved.`;
  }
  // The message of the API explains HTTP Basic, which the command takes care of.
  if (isMemoryApiError(error) && error.status === 401) {
    return `The API rejected the credentials (${responseDetails(error)})`;
  }
  if (isMemoryApiError(error)) return `${error.message} (${responseDetails(error)})`;
  return error instanceof Error ? error.message : String(error);
}

function responseDetails({ operationId, status, code, requestId }: MemoryApiError): string {
  const details = [`${operationId}: status ${status}`];
  if (code !== undefined) details.push(`code ${code}`);
  if (requestId !== undefined) details.push(`request ${requestId}`);
  return details.join(", ");
}
