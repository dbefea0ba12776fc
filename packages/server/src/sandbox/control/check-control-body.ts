import type { Ajv2020 } from "ajv/dist/2020.js";
import { invalidBody } from "../../api-error.ts";
import { explainMismatch } from "../../http/explain-mismatch.ts";
import type { Consistency } from "../consistency/delayed-storage.ts";
import type { PlannedFault } from "../faults/faults.ts";
import type { Seed } from "../seed/seed.ts";
import { controlSchemas } from "./control-schemas.ts";

/** What the control API takes, by the name of its schema. */
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
export async function checkControlBody<Name extends keyof ControlBodies>(
  name: Name,
  body: unknown,
): Promise<ControlBodies[Name]> {
  ajv ??= await loadAjv();
  const check = ajv.compile<ControlBodies[Name]>(controlSchemas[name]);
  if (check(body)) return body;
  const [error] = check.errors ?? [];
  throw invalidBody(error ? explainMismatch("", error) : "The body does not fit its schema");
}

let ajv: Ajv2020 | undefined;

/** Loaded when it is first needed: a sandbox that is driven in process does without, and starts faster. */
async function loadAjv(): Promise<Ajv2020> {
  const { Ajv2020 } = await import("ajv/dist/2020.js");
  return new Ajv2020({ discriminator: true, strictRequired: false, verbose: true });
}
