import { UsageError } from "./usage-error.ts";

/** @throws {UsageError} which does not repeat what was typed: it may be a part of a trait that was not quoted */
export function noPositionals(positionals: readonly string[]): void {
  if (positionals.length === 0) return;
  throw new UsageError("There are arguments that belong to no option. Quote what has a space in it.");
}
