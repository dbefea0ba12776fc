import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual, promisify } from "node:util";
import { parse } from "yaml";
import { telemetryOptOut } from "../turbo.ts";
import { type Rating, type ReportedChange, rateChange } from "./rate-change.ts";

/** A difference between two bundles of the contract, and the version bump that it needs. */
export interface ContractChange extends Rating {
  /** JSON pointer into the newer bundle, or into the older one for a removed node. */
  pointer: string;
}

const require = createRequire(import.meta.url);
const redocly = require.resolve("@redocly/cli/bin/cli.js");
const config = fileURLToPath(new URL("redocly.yaml", import.meta.url));

/**
 * Returns the changes between two bundles of the contract, except a change of `info.version`.
 *
 * @param base path of the older bundle
 * @param revision path of the newer bundle
 * @throws {Error} if a bundle is invalid, or if the format of the report of `redocly diff` is not supported
 */
export async function contractChanges(base: string, revision: string): Promise<ContractChange[]> {
  const options = ["--format=json", "--fail-on=none", `--config=${config}`, "--lint-config=off"];
  const { stdout } = await promisify(execFile)(process.execPath, [redocly, "diff", base, revision, ...options], {
    env: { ...process.env, ...telemetryOptOut },
    maxBuffer: 64 * 2 ** 20,
  });
  const report: { reportVersion: string; changes: ReportedChange[] } = JSON.parse(stdout);
  if (report.reportVersion !== "1")
    throw new Error(
      `Version ${report.reportVersion} of the report of redocly diff is not supported. Expected version 1.`,
    );

  const before: unknown = parse(await readFile(base, "utf8"));
  const after: unknown = parse(await readFile(revision, "utf8"));
  const changes = report.changes
    .filter(({ path, property }) => !(path === "#/info" && property === "version"))
    .map((change) => ({
      ...rateChange(change, isExtensible(before, change.base) && isExtensible(after, change.revision)),
      pointer: (change.revision ?? change.base)?.pointer ?? change.path,
    }));
  if (changes.length > 0 || isDeepStrictEqual(withoutVersion(before), withoutVersion(after))) return changes;
  return [
    {
      bump: "patch",
      why: "The bundles differ in something that `redocly diff` does not report, such as an example.",
      pointer: "#/",
    },
  ];
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
