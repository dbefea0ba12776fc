import { openInspection } from "../process/open-administration.ts";
import { verify as verifyStorage } from "../verification/verify.ts";
import { isWarning, KINDS, type Violation, type ViolationKind } from "../verification/violation.ts";
import { parseOptions } from "./parse-options.ts";
import { STORAGE_OPTIONS, storageSettings } from "./storage-options.ts";

/** The data could not be checked, so the command cannot say whether it is consistent. */
class NotVerifiedError extends Error {
  override readonly name = "NotVerifiedError";
  readonly exitCode = 2;
}

/**
 * Checks that the stored data is consistent. Sets the exit code 1 if it is not.
 *
 * @throws {NotVerifiedError} with a message for the user of the command
 */
export async function verify(args: readonly string[]): Promise<void> {
  try {
    await run(args);
  } catch (error) {
    throw new NotVerifiedError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

async function run(args: readonly string[]): Promise<void> {
  const options = { ...STORAGE_OPTIONS, strict: { type: "boolean" } } as const;
  const { values } = parseOptions("memory-server verify", { args: [...args], options });
  const settings = await storageSettings(values);
  const rules = new Map([...settings.stores].map(([id, store]) => [id, store.rules]));
  const inspection = await openInspection(settings);
  try {
    const found = verifyStorage(inspection, rules);
    const kinds = new Set<ViolationKind>();
    const totals = { violations: 0, warnings: 0 };
    let next = await found.next();
    for (; !next.done; next = await found.next()) {
      kinds.add(next.value.kind);
      totals[isWarning(next.value) ? "warnings" : "violations"]++;
      console.log(values.json ? JSON.stringify(described(next.value)) : lineOf(next.value));
    }
    if (values.json) console.log(JSON.stringify({ checked: next.value, ...totals }));
    else {
      const counts = Object.entries(next.value).map(([table, count]) => `${table.replace("_", " ")} ${count}`);
      console.log(`Checked: ${counts.join(", ")}.`);
      console.log(`Found: violations ${totals.violations}, warnings ${totals.warnings}.`);
      for (const kind of kinds) console.log(`${kind}: ${KINDS[kind]}`);
    }
    if (totals.violations > 0 || (values.strict && totals.warnings > 0)) process.exitCode = 1;
  } finally {
    await inspection.close();
  }
}

function described(violation: Violation) {
  const { kind, storeId, ids } = violation;
  return { severity: severityOf(violation), kind, ...(storeId !== undefined && { storeId }), ids };
}

function lineOf(violation: Violation): string {
  const { kind, storeId, ids } = violation;
  const places = Object.entries({ ...(storeId !== undefined && { store: storeId }), ...ids });
  return [severityOf(violation), kind, ...places.map(([role, id]) => `${role}=${quoted(id)}`)].join(" ");
}

function severityOf(violation: Violation): string {
  return isWarning(violation) ? "warning" : "violation";
}

/** Damaged data can contain any text. */
function quoted(id: string): string {
  return /^[\w.-]+$/.test(id) ? id : JSON.stringify(id);
}
