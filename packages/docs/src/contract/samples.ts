import { existsSync } from "node:fs";
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

interface SampleStyle {
  /** Folder of the samples. */
  readonly style: string;
  /** Label of the tab. */
  readonly label: string;
  readonly language: keyof typeof languages;
  readonly extension: string;
  /** Whether an operation may have no sample. The vendor's SDK, for one, lacks operations that are new here. */
  readonly isOptional?: true;
}

/** The ways to call an operation. */
export const sampleStyles: readonly SampleStyle[] = [
  { style: "curl", label: "curl", language: "bash", extension: ".sh" },
  { style: "sdk", label: "SDK", language: "typescript", extension: ".ts" },
  { style: "openapi-fetch", label: "openapi-fetch", language: "typescript", extension: ".ts" },
  { style: "vendor-sdk", label: "Vendor's SDK", language: "typescript", extension: ".ts", isOptional: true },
  { style: "python", label: "Python", language: "python", extension: ".py" },
];

/** The folder of the samples, with a folder for each style. */
export const samplesFolder = dirname(fileURLToPath(import.meta.resolve("@memory-api/samples/package.json")));

/** Returns the samples of an operation, at most one for each style. */
export async function samplesOf(operationId: string, folder = samplesFolder): Promise<Sample[]> {
  const samples = sampleStyles.map(async ({ style, label, language, extension, isOptional }) => {
    const file = join(folder, style, operationId + extension);
    if (isOptional && !existsSync(file)) return [];
    return [{ style, label, language, source: await readFile(file, "utf8") }];
  });
  return (await Promise.all(samples)).flat();
}

/**
 * Checks that every operation has a sample in every style that is not optional.
 *
 * @throws {Error} naming each sample that is missing, and each that belongs to no operation
 */
export async function checkSamples(folder = samplesFolder): Promise<void> {
  const problems = (await Promise.all(sampleStyles.map((style) => problemsOf(folder, style)))).flat();
  if (problems.length === 0) return;
  throw new Error(`The samples in ${folder} do not match the contract:\n  ${problems.join("\n  ")}`);
}

async function problemsOf(folder: string, { style, extension, isOptional }: SampleStyle): Promise<string[]> {
  const files = (await readdir(join(folder, style))).filter((file) => file.endsWith(extension));
  const ids = operations.map(({ id }) => id);
  return [
    ...ids
      .filter((id) => !isOptional && !files.includes(id + extension))
      .map((id) => `${style}/${id}${extension} is missing: write the sample of ${id}`),
    ...files
      .filter((file) => !ids.includes(parse(file).name))
      .map((file) => `${style}/${file} is not named after an operation: rename or delete it`),
  ];
}
