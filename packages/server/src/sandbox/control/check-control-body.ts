import { checkControl } from "#generated/check-control.js";
import { explainMismatch } from "../../http/checks/explain-mismatch.ts";
import { invalidBody } from "../../operations/api-error.ts";
import type { Consistency } from "../consistency/delayed-storage.ts";
import type { PlannedFault } from "../faults/faults.ts";
import type { Seed } from "../seed/seed.ts";

/** The inputs of a sandbox, in process and through the control API, by the name of the schema. */
export interface ControlBodies {
  seed: Seed;
  /** `now` is in UTC, such as `2026-01-01T00:00:00Z`. A property that is absent does not change. */
  clock: { readonly now?: string; readonly frozen?: boolean };
  advance: { readonly ms: number };
  consistency: Consistency;
  /** Number of writes that become visible; all of them by default. */
  step: { readonly count?: number };
  faults: { readonly plan: readonly PlannedFault[] };
}

/** @throws {ApiError} 400 that names the place and what is valid there */
export function checkControlBody<Name extends keyof ControlBodies>(name: Name, body: unknown): ControlBodies[Name] {
  if (isValid(name, body)) return body;
  const [error] = checkControl[name].errors ?? [];
  throw invalidBody(error ? explainMismatch("", error) : "The body does not match its schema");
}

function isValid<Name extends keyof ControlBodies>(name: Name, body: unknown): body is ControlBodies[Name] {
  return checkControl[name](body);
}
