import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { root } from "../../turbo.ts";
import { type ContractChange, readContract } from "../contract-changes.ts";
import { typeChanges } from "./type-changes.ts";

type Edits = Record<string, [string | RegExp, string][]>;

const types = `${root}packages/types/src`;
const contract = await readContract(`${root}spec/dist/openapi.yaml`);
const consumers = [
  `${root}packages/types/test/compiles/requests.ts`,
  `${root}packages/types/test/compiles/responses.ts`,
];

describe("typeChanges", () => {
  it("finds nothing if a response has one more property, and a request one more value", async () => {
    const edits: Edits = {
      "openapi.ts": [
        ["        ProfileRedirect: {", "        ProfileRedirect: {\n            reason?: string;"],
        ['OrderBy: "ASC" | "DESC"', 'OrderBy: "ASC" | "DESC" | "RANDOM"'],
      ],
    };
    expect(await changesAfter(edits)).toEqual([]);
  });

  describe("after changes that break consumers", () => {
    let changes: ContractChange[];

    beforeAll(async () => {
      const second =
        'responses: {\n            200: { headers: { [name: string]: unknown }; content: { "application/json": { other: number } } };';
      changes = await changesAfter({
        "openapi.ts": [
          [/(ProfileRedirect: \{[^}]*?\n\s+)message: string/, "$1message?: string"],
          ['OrderBy: "ASC" | "DESC"', 'OrderBy: "ASC"'],
          [/(createProfile: \{[\s\S]*?)responses: \{/, `$1${second}`],
        ],
        "names.ts": [["export type ImportStatus =", "export type StatusOfImport ="]],
      });
    });

    it("finds a property of a response that may now be absent, with both versions of TypeScript and for each operation", () => {
      const found = changes.filter(({ pointer }) => pointer === "#/components/schemas/ProfileRedirect");
      expect(found[0]).toMatchObject({
        gate: "types",
        bump: "major",
        action: "Compile your code against the new types.",
      });
      expect(found[0]?.why).toMatch(
        /^The type `ProfileRedirect` of a response has values that the released type does not allow: .+\(TypeScript 5\.9 and 7\.0\)$/,
      );
      const operations = new Set(found.flatMap(({ uses }) => uses.map(({ operation }) => operation)));
      expect([...operations].sort()).toEqual(["deleteProfile", "fetchProfile", "patchProfileTraits"]);
    });

    it("finds a value that requests may no longer have", () => {
      expect(reasons(changes)).toContain(
        "The type `OrderBy` of a request does not allow all values of the released type",
      );
    });

    it("finds a second success status", () => {
      expect(reasons(changes)).toContain(
        'The type `ResponseOf<"createProfile">` of a response has values that the released type does not allow',
      );
    });

    it("finds a type that is gone, and the program that used it", () => {
      expect(reasons(changes)).toContain("`responses.ts`, a program of a consumer, no longer compiles");
      expect(changes.map(({ pointer }) => pointer)).toContain("#/components/schemas/ImportStatus");
    });

    it("finds nothing else", () => {
      const names = changes.map(({ why }) => /`(.+?)`/.exec(why)?.[1]);
      expect(new Set(names)).toMatchInlineSnapshot(`
        Set {
          "OrderBy",
          "ImportStatus",
          "ProfileRedirect",
          "ResponseOf<"createProfile">",
          "responses.ts",
        }
      `);
    });
  });
});

function reasons(changes: readonly ContractChange[]): (string | undefined)[] {
  return changes.map(({ why }) => why.split(": ")[0]);
}

/** Returns the changes of types whose generated files differ from ours by these replacements. */
async function changesAfter(edits: Edits): Promise<ContractChange[]> {
  const folder = await mkdtemp(join(tmpdir(), "type-changes-"));
  try {
    await cp(types, folder, { recursive: true });
    for (const [name, replacements] of Object.entries(edits)) {
      const file = join(folder, "generated", name);
      let text = await readFile(file, "utf8");
      for (const [before, after] of replacements) {
        const changed = text.replace(before, after);
        if (changed === text) throw new Error(`${name} does not contain ${before}.`);
        text = changed;
      }
      await writeFile(file, text);
    }
    return await typeChanges(contract, { released: `${types}/index.ts`, current: join(folder, "index.ts"), consumers });
  } finally {
    await rm(folder, { recursive: true });
  }
}
