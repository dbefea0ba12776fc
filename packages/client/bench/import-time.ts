import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { atMost, interleaved, type Measurement, medianOf } from "./figure.ts";
import { programFolder } from "./program-folder.ts";
import { versions } from "./versions.ts";

const ROUNDS = 30;
const PACKAGES = ["@memory-api/client", "openapi-fetch", "twilio"] as const;

type Imported = "nothing" | (typeof PACKAGES)[number];

/** Measures the import of each package in a new process, minus the import of an empty module. */
export async function measureImportTime(): Promise<Measurement> {
  const folder = programFolder();
  writeFileSync(join(folder, "empty.js"), "export {};\n");
  const importOf = (name: Imported) => {
    const program = `const start = performance.now(); await import("${name === "nothing" ? "./empty.js" : name}"); console.log(performance.now() - start);`;
    writeFileSync(join(folder, "program.js"), program);
    return Number(execFileSync(process.execPath, ["program.js"], { cwd: folder, encoding: "utf8" }));
  };
  const times = await interleaved(ROUNDS, ["nothing", ...PACKAGES], importOf);
  const beyond = (name: Imported) => medianOf(times(name), times("nothing"), (time, nothing) => time - nothing);
  return {
    title: "Import",
    figures: [atMost("Import of @memory-api/client, ms", beyond("@memory-api/client"), 5)],
    comparison: [
      ["Import of", "Milliseconds"],
      ...PACKAGES.map((name) => [`${name} ${versions[name]}`, beyond(name).toFixed(1)]),
    ],
    notes: [`Node.js ${process.version}, median of ${ROUNDS} new processes each, minus the import of an empty module`],
  };
}
