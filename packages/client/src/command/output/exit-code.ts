import { isInvalidParameterError } from "../../errors/invalid-parameter-error.ts";
import { UsageError } from "../arguments/usage-error.ts";
import { InterruptedError } from "./interrupted-error.ts";
import { ResumableError } from "./resumable-error.ts";

/** How the command ends. */
export const EXIT = { done: 0, failed: 1, wrongUsage: 2, failedRows: 3 } as const;

/** How it ends because of an error. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof ResumableError) return exitCodeOf(error.cause);
  if (error instanceof InterruptedError) return error.exitCode;
  const isUsage = error instanceof UsageError || isInvalidParameterError(error) || isOfParseArgs(error);
  return isUsage ? EXIT.wrongUsage : EXIT.failed;
}

/** Whether Node.js itself refused an option. */
export function isOfParseArgs(error: unknown): error is TypeError {
  return String(Object(error).code).startsWith("ERR_PARSE_ARGS_");
}
