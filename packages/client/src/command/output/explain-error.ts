import { isBulkUpsertError } from "../../errors/bulk-upsert-error.ts";
import { isMemoryApiError, type MemoryApiError } from "../../errors/memory-api-error.ts";
import { isProfileMovedError } from "../../errors/profile-moved-error.ts";
import { isOfParseArgs } from "./exit-code.ts";
import { printable } from "./printable.ts";
import { ResumableError } from "./resumable-error.ts";

/** What went wrong, in a line for whoever typed the command, and a second one where a command goes on. */
export function explainError(error: unknown): string {
  if (!(error instanceof ResumableError)) return printable(sentence(error));
  return `${explainError(error.cause)}\n${error.message} ${printable(error.command)}`;
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
  if (isMemoryApiError(error)) return `${error.message} (${answer(error)})`;
  // Only the first sentence: what follows is about arguments that begin with a dash.
  if (isOfParseArgs(error)) return `${error.message.split(/\.\s/)[0]}. See memory --help.`;
  return error instanceof Error ? error.message : String(error);
}

function answer({ operationId, status, code, requestId }: MemoryApiError): string {
  const parts = [`${operationId}: status ${status}`];
  if (code !== undefined) parts.push(`code ${code}`);
  if (requestId !== undefined) parts.push(`request ${requestId}`);
  return parts.join(", ");
}
