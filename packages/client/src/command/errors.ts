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

/** Returns the exit code for an error. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof ResumableError) return exitCodeOf(error.cause);
  if (error instanceof InterruptedError) return error.exitCode;
  const isUsage = error instanceof UsageError || isInvalidParameterError(error) || isParseArgsError(error);
  return isUsage ? EXIT.wrongUsage : EXIT.failed;
}

/** Returns the text that a person reads: one line for the error, and a second one if another command continues the work. */
export function explainError(error: unknown): string {
  if (!(error instanceof ResumableError)) return printable(sentence(error));
  return `${explainError(error.cause)}\n${error.message} ${printable(error.command)}`;
}

/** Returns the JSON form of an error: its own properties, its causes, and the command that continues the work. */
export function errorDocument(error: unknown): object {
  if (error instanceof ResumableError) return { ...errorDocument(error.cause), next: error.command };
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, cause, ...more } = error;
  return { name, message, ...more, ...(cause !== undefined && { cause: errorDocument(cause) }) };
}

function sentence(error: unknown): string {
  if (isBulkUpsertError(error)) {
    const { from, to, itemIndex, cause } = error;
    const line = itemIndex === undefined ? "" : ` because of line ${itemIndex + 1}`;
    return `Lines ${from + 1} to ${to} were not accepted${line}: ${sentence(cause)}`;
  }
  if (isProfileMovedError(error)) {
    return `The profile was merged into ${error.canonicalProfileId}, and nothing was done. Give that ID, or --follow-moved.`;
  }
  if (isMemoryApiError(error)) return `${error.message} (${responseDetails(error)})`;
  // The rest of the message explains arguments that begin with a dash.
  if (isParseArgsError(error)) return `${error.message.split(/\.\s/)[0]}. See memory --help.`;
  return error instanceof Error ? error.message : String(error);
}

function responseDetails({ operationId, status, code, requestId }: MemoryApiError): string {
  const details = [`${operationId}: status ${status}`];
  if (code !== undefined) details.push(`code ${code}`);
  if (requestId !== undefined) details.push(`request ${requestId}`);
  return details.join(", ");
}

/** Whether `parseArgs` of Node.js rejected the arguments. */
function isParseArgsError(error: unknown): error is TypeError {
  return String(Object(error).code).startsWith("ERR_PARSE_ARGS_");
}
