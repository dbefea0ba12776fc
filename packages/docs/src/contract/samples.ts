import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { languages } from "../markdown/highlight.ts";

/** A sample of a call in one style. */
export interface Sample {
  readonly style: string;
  readonly label: string;
  readonly language: keyof typeof languages;
  readonly source: string;
}

/** The ways to call an operation: the folder of their samples, and the label of their tab. */
export const sampleStyles = [
  { style: "curl", label: "curl", language: "bash", extension: "sh" },
  { style: "sdk", label: "SDK", language: "typescript", extension: "ts" },
  { style: "openapi-fetch", label: "openapi-fetch", language: "typescript", extension: "ts" },
  { style: "vendor-sdk", label: "Vendor's SDK", language: "typescript", extension: "ts" },
  { style: "python", label: "Python", language: "python", extension: "py" },
] as const;

const folder = dirname(fileURLToPath(import.meta.resolve("@memory-api/samples/package.json")));

/** Returns the samples of an operation, one for each style. */
export function samplesOf(operationId: string): Promise<Sample[]> {
  return Promise.all(
    sampleStyles.map(async ({ style, label, language, extension }) => ({
      style,
      label,
      language,
      source: await readFile(join(folder, style, `${operationId}.${extension}`), "utf8"),
    })),
  );
}
