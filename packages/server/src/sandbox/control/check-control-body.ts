import { checkControl } from "#generated/check-control.js";
import { invalidBody } from "../../api-error.ts";
import { explainMismatch } from "../../http/explain-mismatch.ts";
import type { Consistency } from "../consistency/delayed-storage.ts";
import type { PlannedFault } from "../faults/faults.ts";
import type { Seed } from "../seed/seed.ts";

/** What a sandbox is told, in process as by the control API, by the name of its schema. */
export interface ControlBodies {
  seed: Seed;
  /** `now` in UTC, such as `2026-01-01T00:00:00Z`. What is absent stays as it is. */
  clock: { readonly now?: string; readonly frozen?: boolean };
  advance: { readonly ms: number };
  consistency: Consistency;
  /** How many writes become visible; all of them without it. */
  step: { readonly count?: number };
  faults: { readonly plan: readonly PlannedFault[] };
}

/** @throws {ApiError} 400 that names the place and what would fit there */
export function checkControlBody<Name extends keyof ControlBodies>(name: Name, body: unknown): ControlBodies[Name] {
  if (fits(name, body)) return body;
  const [error] = checkControl[name].errors ?? [];
  throw invalidBody(error ? explainMismatch("", error) : "The body does not fit its schema");
}

function fits<Name extends keyof ControlBodies>(name: Name, body: unknown): body is ControlBodies[Name] {
  return checkControl[name](body);
}
