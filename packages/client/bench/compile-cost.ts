import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { atMost, interleaved, type Measurement } from "./figure.ts";
import { programFolder } from "./program-folder.ts";
import { versions } from "./versions.ts";

const ROUNDS = 7;
const STORE = "mem_store_00000000000000000000000000";
const PROGRAMS = {
  nothing: "export {};",
  "@memory-api/client": `import { createMemoryClient } from "@memory-api/client";
export const page = createMemoryClient().store("${STORE}").profiles.list().toArray({ limit: 50 });`,
  twilio: `import twilio from "twilio";
export const page = twilio("SK", "secret").memory.v1.profiles("${STORE}").list();`,
} as const;
const OPTIONS = ["--noEmit", "--strict", "--skipLibCheck", "--target", "es2022", "--module", "nodenext"];

type Program = keyof typeof PROGRAMS;

/** Measures tsc on a program of one call, minus an empty program. Takes the minimum of several runs, since anything above it is noise. */
export async function measureCompileCost(): Promise<Measurement> {
  const tsc = compiler();
  const folder = programFolder();
  for (const [name, program] of Object.entries(PROGRAMS)) writeFileSync(join(folder, fileOf(name)), program);
  const memory = new Map<Program, number>();
  const compile = (name: Program) => {
    const parameters = [tsc, ...OPTIONS, "--types", "node", "--extendedDiagnostics", fileOf(name)];
    const text = execFileSync(process.execPath, parameters, { cwd: folder, encoding: "utf8" });
    memory.set(name, Math.min(memory.get(name) ?? Infinity, figureIn(text, /^Memory used: +(\d+)K/m) / 1000));
    return figureIn(text, /^Total time: +([\d.]+)s/m);
  };
  const seconds = await interleaved(ROUNDS, ["nothing", "@memory-api/client", "twilio"], compile);
  const megabytes = (name: Program) => (memory.get(name) ?? Number.NaN) - (memory.get("nothing") ?? Number.NaN);
  const time = (name: Program) => Math.min(...seconds(name)) - Math.min(...seconds("nothing"));
  return {
    title: "Type checking",
    figures: [
      atMost("Memory, MB", megabytes("@memory-api/client"), 15),
      atMost("Time, seconds", time("@memory-api/client"), 0.3),
    ],
    comparison: [
      ["A program with", "MB", "Seconds"],
      ...(["@memory-api/client", "twilio"] as const).map((name) => [
        `${name} ${versions[name]}`,
        megabytes(name).toFixed(1),
        time(name).toFixed(2),
      ]),
    ],
    notes: [
      `\`tsc\` on a program with one call, minus an empty program. TypeScript ${versionOf(tsc)}, minimum of ${ROUNDS} runs each`,
    ],
  };
}

function compiler(): string {
  const { resolve } = createRequire(import.meta.url);
  return join(dirname(resolve("typescript/package.json")), "bin/tsc");
}

function fileOf(name: string): string {
  return `${basename(name)}.ts`;
}

function versionOf(tsc: string): string {
  const text = execFileSync(process.execPath, [tsc, "--version"], { encoding: "utf8" });
  return text.replace("Version", "").trim();
}

function figureIn(text: string, figure: RegExp): number {
  return Number(figure.exec(text)?.[1]);
}
