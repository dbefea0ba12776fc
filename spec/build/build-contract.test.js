import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import ajvFormats from "ajv-formats";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { buildContract } from "./build-contract.js";

const spec = fileURLToPath(new URL("..", import.meta.url));

/** @type {string} */
let root;
/** @type {string} */
let out;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "contract-"));
  out = join(root, "dist");
  for (const part of ["openapi.yaml", "paths", "components", "workflows"]) {
    await cp(join(spec, part), join(root, part), { recursive: true });
  }
});
afterEach(() => rm(root, { recursive: true }));

/**
 * @param {string} file
 * @param {string} before
 * @param {string} after
 */
async function change(file, before, after) {
  const text = await readFile(join(root, file), "utf8");
  expect(text).toContain(before);
  await writeFile(join(root, file), text.replace(before, after));
}

/** @returns {Promise<Record<string, string>>} the text of every file of the build */
async function built() {
  await buildContract(root, out);
  const files = await readdir(out, { recursive: true, withFileTypes: true });
  const texts = files
    .filter((file) => file.isFile())
    .map(async (file) => {
      const path = join(file.parentPath, file.name);
      return [path, await readFile(path, "utf8")];
    });
  return Object.fromEntries(await Promise.all(texts));
}

describe("the build", () => {
  it("gives the same bytes twice", async () => {
    const first = await built();
    expect(Object.keys(first).length).toBeGreaterThan(45);
    expect(await built()).toEqual(first);
  });

  it("gives the same document as YAML and as JSON, and one without references", async () => {
    await buildContract(root, out);
    const json = JSON.parse(await readFile(join(out, "openapi.json"), "utf8"));
    expect(parse(await readFile(join(out, "openapi.yaml"), "utf8"))).toEqual(json);
    expect(await readFile(join(out, "openapi.dereferenced.json"), "utf8")).not.toContain("$ref");
  });

  it("gives schemas that compile alone and beside each other", async () => {
    const { version } = await buildContract(root, out);
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
    ajvFormats.default(ajv);
    ajv.addVocabulary(["x-decision", "x-deprecation", "x-extensible-enum"]);
    for (const name of await readdir(join(out, "schemas"))) {
      const schema = JSON.parse(await readFile(join(out, "schemas", name), "utf8"));
      expect(schema.$schema, name).toBe("https://json-schema.org/draft/2020-12/schema");
      expect(() => ajv.compile(schema), name).not.toThrow();
    }
    const bulk = ajv.getSchema(`https://memory-api.example/schemas/${version}/UpdateProfilesBulkRequest.json`);
    expect(bulk?.({ profiles: [{ traits: { Contact: { email: "ada.reyes@example.com" } } }] })).toBe(true);
    expect(bulk?.({ profiles: [{ traits: { Contact: { email: { nested: true } } } }] })).toBe(false);
  });

  it("says another hash when a bound is another", async () => {
    const { sha256 } = await buildContract(root, out);
    await change("components/schemas/PageSize.yaml", "maximum: 1000", "maximum: 500");
    expect((await buildContract(root, out)).sha256).not.toBe(sha256);
  });

  it("fails for a schema that does not compile, and names it", async () => {
    await change("components/schemas/Filename.yaml", "maxLength: 255", "maxLenght: 255");
    await expect(buildContract(root, out)).rejects.toThrow(
      '#/components/schemas/Filename: strict mode: unknown keyword: "maxLenght"',
    );
  });

  it("fails for a pattern that does not compile with the u flag, and names it", async () => {
    await change("components/schemas/TraitGroupName.yaml", "^[a-zA-Z0-9_\\-\\.]+$", "^[\\w-\\.]+$");
    await expect(buildContract(root, out)).rejects.toThrow(
      "#/components/schemas/TraitGroupName/pattern: Invalid regular expression",
    );
  });

  it("fails for a reference that leads nowhere", async () => {
    await change("paths/profiles.yaml", "schemas/CreateProfileRequest.yaml", "schemas/Missing.yaml");
    await expect(buildContract(root, out)).rejects.toThrow(/Missing\.yaml/);
  });
});
