import { readFile } from "node:fs/promises";
import { operations } from "@memory-api/types";
import { isMap, isSeq, LineCounter, parseDocument } from "yaml";
import { CHECKS } from "../checks/catalogue.ts";
import type { Violation } from "./finding.ts";

/** A finding that does not fail a run, because it is known. */
export interface ExpectedFailure {
  /** The code of a check. */
  readonly code: string;
  /** An operation ID. Without it, the entry matches every operation. */
  readonly operation?: string;
  readonly reason: string;
  /** The day on which it was accepted, such as `2026-01-31`. */
  readonly since: string;
}

/** A file of expected failures cannot be used. The message names each mistake and its line. */
export class ExpectedFailuresError extends Error {
  override readonly name = "ExpectedFailuresError";
}

const FIELDS = ["code", "operation", "reason", "since"];

/**
 * Reads a file of expected failures.
 *
 * @throws {ExpectedFailuresError} with all mistakes
 */
export async function readExpectedFailures(file: string): Promise<ExpectedFailure[]> {
  const text = await readFile(file, "utf8").catch((error: Error) => {
    throw new ExpectedFailuresError(`${file} cannot be read: ${error.message}`);
  });
  return parseExpectedFailures(text, file);
}

/**
 * Parses expected failures: a YAML list of objects with `code`, `reason`, `since` and, optionally, `operation`.
 *
 * @param file its name, for the message of an error
 * @throws {ExpectedFailuresError} with all mistakes
 */
export function parseExpectedFailures(text: string, file: string): ExpectedFailure[] {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter });
  const mistakes: string[] = document.errors.map(({ message, linePos }) => `${file}:${linePos?.[0].line}: ${message}`);
  const list = document.contents;
  if (mistakes.length === 0 && list !== null && !isSeq(list)) {
    mistakes.push(`${file}:1: The file must contain a list of entries with code, reason and since.`);
  }
  const failures: ExpectedFailure[] = [];
  const seen = new Set<string>();
  for (const item of mistakes.length === 0 && isSeq(list) ? list.items : []) {
    const range = Object(item).range;
    const at = `${file}:${lineCounter.linePos(Array.isArray(range) ? Number(range[0]) : 0).line}`;
    if (!isMap(item)) {
      mistakes.push(`${at}: An entry must be an object with code, reason and since.`);
      continue;
    }
    const entry: Readonly<Record<string, unknown>> = Object(item.toJS(document));
    const found = mistakesOf(entry);
    const { code, operation, reason, since } = entry;
    const key = `${code} ${operation ?? ""}`;
    if (found.length === 0 && seen.has(key)) found.push(`The entry repeats an earlier one: ${key.trim()}.`);
    seen.add(key);
    mistakes.push(...found.map((mistake) => `${at}: ${mistake}`));
    failures.push({
      code: String(code),
      reason: String(reason),
      since: String(since),
      ...(operation !== undefined && { operation: String(operation) }),
    });
  }
  if (mistakes.length > 0) throw new ExpectedFailuresError(mistakes.join("\n"));
  return failures;
}

export function isExpected({ code, operation }: ExpectedFailure, violation: Violation): boolean {
  return code === violation.code && (operation === undefined || operation === violation.operationId);
}

function mistakesOf(entry: Readonly<Record<string, unknown>>): string[] {
  const { code, operation, reason, since } = entry;
  const mistakes = Object.keys(entry)
    .filter((name) => !FIELDS.includes(name))
    .map((name) => `${name} is not supported. The fields of an entry are ${FIELDS.join(", ")}.`);
  if (typeof code !== "string") mistakes.push("code is missing. It must be the code of a check.");
  else if (!CHECKS.has(code))
    mistakes.push(`No check has the code ${code}. Run memory-conformance explain for the list.`);
  if (operation !== undefined && !Object.hasOwn(operations, String(operation))) {
    mistakes.push(`The contract has no operation ${operation}. Use an operationId, such as createProfile.`);
  }
  if (typeof reason !== "string" || reason.trim() === "") {
    mistakes.push("reason is missing. State why the failure is accepted.");
  }
  if (typeof since !== "string" || !isDay(since)) mistakes.push("since must be a date, such as 2026-01-31.");
  return mistakes;
}

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
