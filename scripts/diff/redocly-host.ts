// Runs `redocly diff` several times in one process: a start of the command takes ten times as long as a comparison. The
// command line contains the entry of the command, and a JSON file with the arguments of each run. The package has no API for
// `diff`, so each run imports the entry again, with another query.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [entry = "", file = ""] = process.argv.slice(2);
const runs: string[][] = JSON.parse(readFileSync(file, "utf8"));
const exit = process.exit.bind(process);

function next(): void {
  const run = runs.shift();
  if (run === undefined) {
    exit();
    return;
  }
  process.argv = [process.execPath, entry, "diff", ...run];
  import(`${pathToFileURL(entry)}?remaining=${runs.length}`).catch((error: unknown) => {
    console.error(error);
    exit(1);
  });
}

// The command ends the process after each run.
process.exit = (code) => {
  if (Number(code ?? 0) !== 0) return exit(code);
  setImmediate(next);
  return undefined as never;
};
next();
