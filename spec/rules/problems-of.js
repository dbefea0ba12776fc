import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const redocly = createRequire(import.meta.url).resolve("@redocly/cli/bin/cli.js");
const plugin = join(import.meta.dirname, "plugin.js");

/**
 * @typedef {object} Problem
 * @property {string} location The file, relative to the folder of the rules, and the JSON pointer in it.
 * @property {string} message
 */

/**
 * What one rule alone says about a description. It asks the real command line, so a rule is tested as it will run.
 *
 * @param {string} description A file below the folder of its rule, such as `string-bounded/fail.yaml`.
 * @returns {Promise<Problem[]>}
 */
export async function problemsOf(description) {
  const [rule] = description.split("/");
  const folder = await mkdtemp(join(tmpdir(), "memory-api-rule-"));
  try {
    const config = join(folder, "redocly.yaml");
    await writeFile(config, JSON.stringify({ plugins: [plugin], rules: { [`memory-api/${rule}`]: "error" } }));
    return await lint(description, config);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * @param {string} description
 * @param {string} config
 * @returns {Promise<Problem[]>}
 */
function lint(description, config) {
  const quiet = { REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
  const options = { cwd: import.meta.dirname, env: { ...process.env, ...quiet } };
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [redocly, "lint", "--format=json", "--config", config, description],
      options,
      (_, stdout, stderr) => {
        try {
          resolve(JSON.parse(stdout).problems.map(placeAndMessage));
        } catch {
          reject(new Error(`redocly did not lint ${description}:\n${stderr}`));
        }
      },
    );
  });
}

/**
 * @param {{ message: string, location: { source: { ref: string }, pointer: string }[] }} problem
 * @returns {Problem}
 */
function placeAndMessage({ message, location: [place] }) {
  return { location: `${place?.source.ref}${place?.pointer}`, message };
}
