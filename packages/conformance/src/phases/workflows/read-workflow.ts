import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse, stringify } from "yaml";
import type { Target } from "../../target.ts";

/** The workflows wait for a second, as consumers of the live service do. */
const POLL_MS = 200;

const CONTRACT = fileURLToPath(import.meta.resolve("@memory-api/spec/openapi.yaml"));

/** The folder of the workflows that the contract publishes. */
export const WORKFLOWS_FOLDER = join(dirname(CONTRACT), "workflows");

/** The parts of a file in the format of Arazzo that are changed. */
interface Arazzo {
  readonly sourceDescriptions: { url: string }[];
  readonly workflows: { readonly steps: { readonly operationId?: string; readonly onFailure?: FailureAction[] }[] }[];
  readonly components?: { readonly failureActions?: Readonly<Record<string, FailureAction>> };
}

interface FailureAction {
  readonly type?: string;
  /** Seconds. */
  retryAfter?: number;
  retryLimit?: number;
}

/**
 * Reads a file of workflows, so that it can be run from another folder, and its steps poll as long as the target may need.
 *
 * @param file its name in the folder of workflows
 */
export async function readWorkflow(file: string, target: Target): Promise<string> {
  const { isImmediate, eventualWithinMs, importWithinMs = 60_000 } = target;
  const visibleWithinMs = isImmediate ? 0 : eventualWithinMs;
  const document: Arazzo = parse(await readFile(join(WORKFLOWS_FOLDER, file), "utf8"));
  for (const source of document.sourceDescriptions) source.url = join(WORKFLOWS_FOLDER, source.url);
  for (const action of Object.values(document.components?.failureActions ?? {})) limitRetries(action, visibleWithinMs);
  for (const { operationId, onFailure = [] } of document.workflows.flatMap(({ steps }) => steps)) {
    const withinMs = operationId === "fetchProfileImportV2" ? importWithinMs : visibleWithinMs;
    for (const action of onFailure) limitRetries(action, withinMs);
  }
  return stringify(document);
}

function limitRetries(action: FailureAction, withinMs: number): void {
  if (action.type !== "retry") return;
  action.retryAfter = POLL_MS / 1000;
  action.retryLimit = Math.ceil(withinMs / POLL_MS) + 1;
}
