import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type ContractChange, contractChanges } from "./contract-changes.ts";
import { rateChange } from "./rate-change.ts";

const contract = fileURLToPath(new URL("fixtures/contract.yaml", import.meta.url));
const source = await readFile(contract, "utf8");

describe.concurrent("the bump that contractChanges reports", () => {
  describe("is none", () => {
    it.each([
      ["if only the version changed", "version: 1.0.0", "version: 1.1.0"],
      ["if only the order of keys changed", "title: Profiles\n  version: 1.0.0", "version: 1.0.0\n  title: Profiles"],
    ])("%s", async (_, before, after) => expect(await bumpFor(before, after)).toBe("none"));
  });

  describe("is a patch", () => {
    it.each([
      ["for a changed description", "A customer.", "A person."],
      ["for a changed title", "title: Profiles", "title: People"],
      ["for a changed example", "id: p1", "id: p2"],
      ["for a new x-decision", "A customer.", "A customer.\n      x-decision: true"],
    ])("%s", async (_, before, after) => expect(await bumpFor(before, after)).toBe("patch"));
  });

  describe("is a minor", () => {
    it.each([
      ["for a new value of an extensible enum", "[NEW, MERGED]", "[NEW, MERGED, DELETED]"],
      ["for a new value of an enum in a request", "[ASC, DESC]", "[ASC, DESC, RANDOM]"],
      ["for an enum that is no longer extensible", "          x-extensible-enum: true\n", ""],
      ["for a higher upper bound in a request", "maximum: 1000", "maximum: 2000"],
      ["for a lower upper bound in a response", "maxItems: 1000", "maxItems: 100"],
      [
        "for a new optional property of a response",
        "        rank:",
        "        name:\n          type: string\n        rank:",
      ],
      ["for a property that a response now always contains", "required: [id]", "required: [id, status]"],
      [
        "for a new optional property of a request",
        "                email:",
        "                tag: {}\n                email:",
      ],
      ["for a property that a request may now omit", "required: [email]", "required: []"],
      ["for a request that now accepts unknown properties", "              additionalProperties: false\n", ""],
      ["for an operation that becomes deprecated", "    post:", "    post:\n      deprecated: true"],
      ["for an operation that becomes repeatable", "    post:", "    post:\n      x-repeatable: true"],
      ["for a new status", '"202":', '"429":\n          description: Wait.\n        "202":'],
    ])("%s", async (_, before, after) => expect(await bumpFor(before, after)).toBe("minor"));
  });

  describe("is a major", () => {
    it.each([
      ["for a lower upper bound in a request", "maximum: 1000", "maximum: 500"],
      ["for a higher upper bound in a response", "maxItems: 1000", "maxItems: 2000"],
      ["for a shorter string in a request", "maxLength: 255", "maxLength: 64"],
      ["for a changed default", "default: 50", "default: 20"],
      ["for a removed value of an enum in a request", "[ASC, DESC]", "[ASC]"],
      ["for a new value of a closed enum in a response", "[GOLD, SILVER]", "[GOLD, SILVER, TIN]"],
      ["for an enum that becomes extensible", "[GOLD, SILVER]", "[GOLD, SILVER]\n          x-extensible-enum: true"],
      ["for an extensible enum that is no longer an enum", "          enum: [NEW, MERGED]\n", ""],
      [
        "for a removed property of a response",
        "        rank:\n          type: string\n          enum: [GOLD, SILVER]\n",
        "",
      ],
      ["for a property that a response may now omit", "required: [id]", "required: []"],
      [
        "for a header that a response may now omit",
        "              required: true\n              schema:",
        "              schema:",
      ],
      ["for a property that becomes read-only", "maxLength: 255", "maxLength: 255\n                  readOnly: true"],
      ["for a property that becomes write-only", "maxLength: 255", "maxLength: 255\n                  writeOnly: true"],
      ["for a renamed operation", "operationId: createProfile", "operationId: addProfile"],
      ["for an operation that is no longer repeatable", "x-repeatable: true", "x-repeatable: false"],
      ["for a renamed path parameter", "storeId", "store"],
      ["for a renamed schema", "PageSize", "Size"],
      ["for a changed status", '"202"', '"200"'],
    ])("%s", async (_, before, after) => expect(await bumpFor(before, after)).toBe("major"));
  });
});

it("reports the location of each change and the reason for its bump", async () => {
  const changed = source.replace("maximum: 1000", "maximum: 500").replace("A customer.", "A person.");
  expect(await changesTo(changed)).toEqual([
    {
      bump: "major",
      pointer: "#/components/schemas/PageSize/maximum",
      why: "Upper bound of `PageSize` changed from '<= 1000' to '<= 500'.",
    },
    { bump: "patch", pointer: "#/components/schemas/Profile/description", why: "`description` changed." },
  ]);
});

it("rejects a contract with a broken reference", async () => {
  await expect(changesTo(source.replace("schemas/PageSize", "schemas/Missing"))).rejects.toThrow("Can't resolve $ref");
});

it("reports a major for a removed value of an extensible enum, even if the enum also gains a value", () => {
  const verdicts = [
    { ruleId: "enum-values-removed", message: "Enum lost values: 'NEW'." },
    { ruleId: "enum-values-added", message: "Enum gained values: 'OLD'." },
  ];
  const change = {
    path: "#/",
    typeName: "Schema",
    kind: "modified",
    impact: "major",
    property: "enum",
    verdicts,
  } as const;
  expect(rateChange({ ...change, verdicts }, true).bump).toBe("major");
});

/** Replaces text in the fixture and returns the highest bump among the changes. */
async function bumpFor(before: string, after: string): Promise<string> {
  const changed = source.replaceAll(before, after);
  if (changed === source) throw new Error(`The fixture does not contain ${before}.`);
  const bumps = (await changesTo(changed)).map(({ bump }) => bump);
  return (["major", "minor", "patch"] as const).find((bump) => bumps.includes(bump)) ?? "none";
}

async function changesTo(text: string): Promise<ContractChange[]> {
  const folder = await mkdtemp(join(tmpdir(), "contract-changes-"));
  try {
    await writeFile(join(folder, "openapi.yaml"), text);
    return await contractChanges(contract, join(folder, "openapi.yaml"));
  } finally {
    await rm(folder, { recursive: true });
  }
}
