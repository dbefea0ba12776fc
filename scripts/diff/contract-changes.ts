import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual, promisify } from "node:util";
import { parse } from "yaml";
import { quiet } from "../turbo.ts";
import { type Rating, type ReportedChange, rateChange } from "./rate-change.ts";

/** A difference between two contracts, and the bump it needs. */
export interface ContractChange extends Rating {
  /** JSON pointer into the newer bundle, or into the older one for what is gone. */
  pointer: string;
}

const require = createRequire(import.meta.url);
const redocly = require.resolve("@redocly/cli/bin/cli.js");
const config = fileURLToPath(new URL("redocly.yaml", import.meta.url));

/**
 * Lists what changed between two bundles of the contract, `info.version` aside.
 *
 * @param base path of the older bundle
 * @param revision path of the newer bundle
 * @throws {Error} if one of them is no sound contract, or if `redocly diff` reports in another form than we read
 */
export async function contractChanges(base: string, revision: string): Promise<ContractChange[]> {
  const options = ["--format=json", "--fail-on=none", `--config=${config}`, "--lint-config=off"];
  const { stdout } = await promisify(execFile)(process.execPath, [redocly, "diff", base, revision, ...options], {
    env: { ...process.env, ...quiet },
    maxBuffer: 64 * 2 ** 20,
  });
  const report: { reportVersion: string; changes: ReportedChange[] } = JSON.parse(stdout);
  if (report.reportVersion !== "1") throw new Error(`redocly diff writes report ${report.reportVersion}, we read 1.`);

  const before: unknown = parse(await readFile(base, "utf8"));
  const after: unknown = parse(await readFile(revision, "utf8"));
  const changes = report.changes
    .filter(({ path, property }) => !(path === "#/info" && property === "version"))
    .map((change) => ({
      ...rateChange(change, isExtensible(before, change.base) && isExtensible(after, change.revision)),
      pointer: (change.revision ?? change.base)?.pointer ?? change.path,
    }));
  if (changes.length > 0 || isDeepStrictEqual(withoutVersion(before), withoutVersion(after))) return changes;
  return [{ bump: "patch", why: "`redocly diff` has no words for what changed, such as an example.", pointer: "#/" }];
}

function isExtensible(document: unknown, keyword: { pointer: string } | undefined): boolean {
  const tokens = keyword?.pointer.split("/").slice(1, -1) ?? [];
  const keys = tokens.map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
  return [...keys, "x-extensible-enum"].reduce(member, document) === true;
}

function withoutVersion(document: unknown): unknown {
  if (!isObject(document) || !isObject(document["info"])) return document;
  return { ...document, info: { ...document["info"], version: undefined } };
}

function member(node: unknown, key: string): unknown {
  return isObject(node) ? node[key] : undefined;
}

function isObject(node: unknown): node is Record<string, unknown> {
  return typeof node === "object" && node !== null;
}
