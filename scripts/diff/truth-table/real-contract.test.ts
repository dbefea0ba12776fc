import { beforeAll, describe, expect, it } from "vitest";
import { root } from "../../turbo.ts";
import { type ContractChange, changesOfPairs, readContract } from "../contract-changes.ts";
import { isNode, type Node } from "../rating/contract-nodes.ts";
import type { Bump } from "../rating/reported-change.ts";
import { highest } from "../report/diff-report.ts";

const contract = await readContract(`${root}spec/dist/openapi.yaml`);
const PROFILES = "/v1/Stores/{storeId}/Profiles";

/** Changes of our own contract, where its references matter. */
const ROWS: readonly [title: string, bump: Bump, edit: (document: Node) => void][] = [
  ["the public upload inherits security", "major", (d) => remove(d, "security", "paths", "/uploads/{importId}", "put")],
  ["the security of all operations is removed", "major", (d) => remove(d, "security")],
  ["the upload uses the host of the API", "major", (d) => remove(d, "servers", "paths", "/uploads/{importId}")],
  ["an open enum grows", "minor", (d) => list(d, "enum", "components", "schemas", "ImportStatus").push("PAUSED")],
  [
    "more patterns match a store ID, which is only sent",
    "minor",
    (d) => set(d, "pattern", "^mem_(store|service|shop)_[0-7][0-9a-z]{25}$", "components", "schemas", "StoreId"),
  ],
  [
    "more patterns match a profile ID, which is also read",
    "major",
    (d) => set(d, "pattern", "^mem_profile_[0-9a-z]{26}$", "components", "schemas", "ProfileId"),
  ],
  ["fewer names of traits are allowed", "major", (d) => set(d, "maxLength", 32, "components", "schemas", "TraitName")],
  [
    "a bound beside a reference is removed",
    "major",
    (d) => remove(d, "maxLength", "components", "schemas", "CreateProfilesImportV2Response", "properties", "importId"),
  ],
  [
    "a value of a patch can no longer be removed",
    "major",
    (d) => list(d, "oneOf", "components", "schemas", "TraitPatchValue").pop(),
  ],
  [
    "a page is shorter",
    "minor",
    (d) => set(d, "maxItems", 50, "components", "schemas", "ListProfilesResponse", "properties", "profiles"),
  ],
  [
    "a batch is shorter",
    "major",
    (d) => set(d, "maxItems", 500, "components", "schemas", "UpdateProfilesBulkRequest", "properties", "profiles"),
  ],
  [
    "an error body has one more property",
    "minor",
    (d) => set(d, "hint", { type: "string" }, "components", "schemas", "ErrorBody", "properties"),
  ],
  [
    "an error body may lack its status",
    "major",
    (d) => list(d, "required", "components", "schemas", "ErrorBody").pop(),
  ],
  [
    "a redirect is no longer documented",
    "major",
    (d) => remove(d, "301", "paths", `${PROFILES}/{profileId}`, "get", "responses"),
  ],
  [
    "a shared response is written in place",
    "patch",
    (d) => set(d, "401", at(d, "components", "responses", "Unauthorized"), "paths", PROFILES, "get", "responses"),
  ],
  [
    "a shared header is no longer sent always",
    "major",
    (d) => set(d, "required", false, "components", "headers", "RetryAfter"),
  ],
  ["a link is removed", "minor", (d) => remove(d, "links", "paths", PROFILES, "post", "responses", "202")],
  ["an example changes", "patch", (d) => set(d, "value", {}, "components", "examples", "CreateProfileRequestExample")],
  ["the parameter of a path moves to its operations", "patch", moveStoreId],
];

describe("the bump that a change of our contract needs", () => {
  let results: ContractChange[][];

  beforeAll(async () => {
    results = await changesOfPairs(
      ROWS.map(([, , edit]) => {
        const after: Node = JSON.parse(JSON.stringify(contract));
        edit(after);
        return [contract, after];
      }),
    );
  }, 120_000);

  it.each(ROWS.map(([title, bump], index) => ({ title, bump, index })))("is $bump if $title", ({ bump, index }) => {
    expect(highest((results[index] ?? []).map((change) => change.bump))).toBe(bump);
  });
});

function moveStoreId(document: Node): void {
  const path = at(document, "paths", PROFILES);
  const [storeId] = list(document, "parameters", "paths", PROFILES);
  for (const operation of [at(path, "get"), at(path, "post")])
    operation["parameters"] = [...(Array.isArray(operation["parameters"]) ? operation["parameters"] : []), storeId];
  delete path["parameters"];
}

function set(document: Node, key: string, value: unknown, ...keys: string[]): void {
  at(document, ...keys)[key] = value;
}

function remove(document: Node, key: string, ...keys: string[]): void {
  const parent = at(document, ...keys);
  if (!(key in parent)) throw new Error(`The contract has no ${[...keys, key].join(" / ")}.`);
  delete parent[key];
}

function list(document: Node, key: string, ...keys: string[]): unknown[] {
  const value = at(document, ...keys)[key];
  if (Array.isArray(value)) return value;
  throw new Error(`${[...keys, key].join(" / ")} is not a list.`);
}

function at(document: Node, ...keys: string[]): Node {
  return keys.reduce<Node>((node, key) => {
    const child = node[key];
    if (isNode(child)) return child;
    throw new Error(`The contract has no ${keys.join(" / ")}.`);
  }, document);
}
