import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type ContractChange, contractChanges } from "./contract-changes.ts";
import { rateChange } from "./rate-change.ts";

const contract = fileURLToPath(new URL("fixtures/contract.yaml", import.meta.url));
const source = await readFile(contract, "utf8");

describe.concurrent("a change of the contract needs", () => {
  describe("nothing", () => {
    it.each([
      ["if only the version changed", "version: 1.0.0", "version: 1.1.0"],
      ["if only the order of keys changed", "title: Profiles\n  version: 1.0.0", "version: 1.0.0\n  title: Profiles"],
    ])("%s", async (_, before, after) => expect(await bumpFor(before, after)).toBe("none"));
  });

  describe("a patch", () => {
    it.each([
      ["for another description", "A customer.", "Somebody."],
      ["for another title", "title: Profiles", "title: People"],
      ["for another example", "id: p1", "id: p2"],
      ["for a mark that a rule was decided", "A customer.", "A customer.\n      x-decision: true"],
    ])("%s", async (_, before, after) => expect(await bumpFor(before, after)).toBe("patch"));
  });

  describe("a minor", () => {
    it.each([
      ["for a new value of an extensible enum", "[NEW, MERGED]", "[NEW, MERGED, DELETED]"],
      ["for a new value of an enum of a request", "[ASC, DESC]", "[ASC, DESC, RANDOM]"],
      ["for an enum that is no longer extensible", "          x-extensible-enum: true\n", ""],
      ["for a higher upper bound of a request", "maximum: 1000", "maximum: 2000"],
      ["for a lower upper bound of an answer", "maxItems: 1000", "maxItems: 100"],
      [
        "for an optional property that an answer gains",
        "        rank:",
        "        name:\n          type: string\n        rank:",
      ],
      ["for a property that an answer always has now", "required: [id]", "required: [id, status]"],
      [
        "for an optional property that a request gains",
        "                email:",
        "                tag: {}\n                email:",
      ],
      ["for a property that a request may leave out now", "required: [email]", "required: []"],
      ["for a request that takes unknown properties now", "              additionalProperties: false\n", ""],
      ["for an operation that becomes deprecated", "    post:", "    post:\n      deprecated: true"],
      ["for an operation that may be repeated now", "    post:", "    post:\n      x-repeatable: true"],
      ["for a new status", '"202":', '"429":\n          description: Wait.\n        "202":'],
    ])("%s", async (_, before, after) => expect(await bumpFor(before, after)).toBe("minor"));
  });

  describe("a major", () => {
    it.each([
      ["for a lower upper bound of a request", "maximum: 1000", "maximum: 500"],
      ["for a higher upper bound of an answer", "maxItems: 1000", "maxItems: 2000"],
      ["for a shorter string in a request", "maxLength: 255", "maxLength: 64"],
      ["for another default", "default: 50", "default: 20"],
      ["for a value that an enum of a request loses", "[ASC, DESC]", "[ASC]"],
      ["for a value that a closed enum of an answer gains", "[GOLD, SILVER]", "[GOLD, SILVER, TIN]"],
      ["for an enum that becomes extensible", "[GOLD, SILVER]", "[GOLD, SILVER]\n          x-extensible-enum: true"],
      ["for an extensible enum that is no enum now", "          enum: [NEW, MERGED]\n", ""],
      [
        "for a property that an answer loses",
        "        rank:\n          type: string\n          enum: [GOLD, SILVER]\n",
        "",
      ],
      ["for a property that an answer may lack now", "required: [id]", "required: []"],
      [
        "for a header that an answer may lack now",
        "              required: true\n              schema:",
        "              schema:",
      ],
      ["for a property that becomes read-only", "maxLength: 255", "maxLength: 255\n                  readOnly: true"],
      ["for a property that becomes write-only", "maxLength: 255", "maxLength: 255\n                  writeOnly: true"],
      ["for another name of an operation", "operationId: createProfile", "operationId: addProfile"],
      ["for an operation that must not be repeated now", "x-repeatable: true", "x-repeatable: false"],
      ["for another name of a path parameter, which types know", "storeId", "store"],
      ["for another name of a schema, which types know", "PageSize", "Size"],
      ["for another status", '"202"', '"200"'],
    ])("%s", async (_, before, after) => expect(await bumpFor(before, after)).toBe("major"));
  });
});

it("says of each change where it is and why it needs its bump", async () => {
  const changed = source.replace("maximum: 1000", "maximum: 500").replace("A customer.", "Somebody.");
  expect(await changesTo(changed)).toEqual([
    {
      bump: "major",
      pointer: "#/components/schemas/PageSize/maximum",
      why: "Upper bound of `PageSize` changed from '<= 1000' to '<= 500'.",
    },
    { bump: "patch", pointer: "#/components/schemas/Profile/description", why: "`description` changed." },
  ]);
});

it("refuses a contract with a reference that leads nowhere", async () => {
  await expect(changesTo(source.replace("schemas/PageSize", "schemas/Nothing"))).rejects.toThrow("Can't resolve $ref");
});

it("still counts the values that an extensible enum loses in a request", () => {
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

/** The highest bump among the changes that replacing some text makes. */
async function bumpFor(before: string, after: string): Promise<string> {
  const changed = source.replaceAll(before, after);
  if (changed === source) throw new Error(`The fixture has no ${before}.`);
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
