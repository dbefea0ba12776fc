import { readFileSync, writeFileSync } from "node:fs";
import { type BundledProgram, bundleBudgets } from "./bundle-budgets.ts";
import { type ModuleSizes, moduleSizes } from "./bundled.ts";

const file = new URL("module-sizes.json", import.meta.url);

interface ModuleRecord {
  readonly note: string;
  readonly programs: Readonly<Record<BundledProgram, ModuleSizes>>;
}

/** Writes the current size of each module in each bundle to `module-sizes.json`. */
export async function recordModuleSizes(): Promise<void> {
  const record: ModuleRecord = {
    note: "Generated: do not edit. Minified bytes of each module in the bundles of bundle-budgets.ts. Regenerate with `npx -y pnpm@12 --filter @memory-api/client run bench sizes`.",
    programs: {
      oneCall: await moduleSizes(bundleBudgets.oneCall.program),
      fetchClientCall: await moduleSizes(bundleBudgets.fetchClientCall.program),
      everything: await moduleSizes(bundleBudgets.everything.program),
    },
  };
  writeFileSync(file, `${JSON.stringify(record, null, 2)}\n`);
}

/** Returns the recorded size of each module in a bundle. */
export function recordedSizes(name: BundledProgram): ModuleSizes {
  const record: ModuleRecord = JSON.parse(readFileSync(file, "utf8"));
  return record.programs[name];
}

/** Returns a line for each module that is new or larger than recorded, with the largest growth first. */
export function growth(current: ModuleSizes, recorded: ModuleSizes): string {
  const grown = Object.entries(current)
    .map(([path, bytes]) => ({ path, bytes, before: recorded[path] }))
    .filter(({ bytes, before = 0 }) => bytes > before)
    .sort((one, other) => other.bytes - (other.before ?? 0) - (one.bytes - (one.before ?? 0)));
  if (grown.length === 0) return "No module is larger than in bench/sizes/module-sizes.json.";
  const lines = grown.map(({ path, bytes, before }) => `${path}: ${before ?? "new"} → ${bytes} bytes`);
  return ["Modules that are larger than in bench/sizes/module-sizes.json, minified:", ...lines].join("\n  ");
}
