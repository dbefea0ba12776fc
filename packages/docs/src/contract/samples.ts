import { readdir, readFile } from "node:fs/promises";
import { dirname, join, parse } from "node:path";
import { fileURLToPath } from "node:url";
import type { languages } from "../markdown/highlight.ts";
import { operations } from "./operations.ts";

/** A sample of a call in one style. */
export interface Sample {
  readonly style: string;
  readonly label: string;
  readonly language: keyof typeof languages;
  readonly source: string;
}

/** The ways to call an operation: the folder of their samples, and the label of their tab. */
export const sampleStyles = [
  { style: "curl", label: "curl", language: "bash", extension: ".sh" },
  { style: "sdk", label: "SDK", language: "typescript", extension: ".ts" },
  { style: "openapi-fetch", label: "openapi-fetch", language: "typescript", extension: ".ts" },
  { style: "vendor-sdk", label: "Vendor's SDK", language: "typescript", extension: ".ts" },
  { style: "python", label: "Python", language: "python", extension: ".py" },
] as const;

/** The folder of the samples, with a folder for each style. */
export const samplesFolder = dirname(fileURLToPath(import.meta.resolve("@memory-api/samples/package.json")));

/** Returns the samples of an operation, one for each style. */
export function samplesOf(operationId: string, folder = samplesFolder): Promise<Sample[]> {
  return Promise.all(
    sampleStyles.map(async ({ style, label, language, extension }) => ({
      style,
      label,
      language,
      source: await readFile(join(folder, style, operationId + extension), "utf8"),
    })),
  );
}

/**
 * Checks that every operation has a sample in every style.
 *
 * @throws {Error} naming each sample that is missing, and each that belongs to no operation
 */
export async function checkSamples(folder = samplesFolder): Promise<void> {
  const problems = (await Promise.all(sampleStyles.map((style) => problemsOf(folder, style)))).flat();
  if (problems.length === 0) return;
  throw new Error(`The samples in ${folder} do not match the contract:\n  ${problems.join("\n  ")}`);
}

async function problemsOf(folder: string, { style, extension }: (typeof sampleStyles)[number]): Promise<string[]> {
  const files = (await readdir(join(folder, style))).filter((file) => file.endsWith(extension));
  const ids = operations.map(({ id }) => id);
  return [
    ...ids
      .filter((id) => !files.includes(id + extension))
      .map((id) => `${style}/${id}${extension} is missing: write the sample of ${id}`),
    ...files
      .filter((file) => !ids.includes(parse(file).name))
      .map((file) => `${style}/${file} is not named after an operation: rename or delete it`),
  ];
}
