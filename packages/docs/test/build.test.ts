import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openapi } from "@memory-api/spec";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { buildReference, samplesFolder } from "../build/build-reference.ts";
import { selfContained } from "../build/self-contained.ts";
import { contractOperations } from "./contract-operations.ts";

let folder: string;
let samples: string;
const page = () => join(folder, "reference", "index.html");

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "memory-api-docs-test-"));
  samples = join(folder, "samples");
  await cp(samplesFolder, samples, { recursive: true, filter: (path) => !path.includes("node_modules") });
});
afterEach(() => rm(folder, { recursive: true }));

describe("the build of the reference", () => {
  it("gives the same bytes each time, wherever the samples lie", async () => {
    const other = join(folder, "index.html");
    await buildReference(samples, page());
    await buildReference(samplesFolder, other);
    expect((await readFile(page())).equals(await readFile(other))).toBe(true);
  });

  it.each(contractOperations)("fails without a sample of $id, and names it", async ({ id }) => {
    await rm(join(samples, `${id}.ts`));
    await expect(buildReference(samples, page())).rejects.toThrow(`the operation ${id} has no sample: write ${id}.ts`);
    await expect(readFile(page())).rejects.toThrow("ENOENT");
  });

  it("fails with a sample of no operation, and names it", async () => {
    await writeFile(join(samples, "mergeProfiles.ts"), "");
    await expect(buildReference(samples, page())).rejects.toThrow("mergeProfiles.ts is the sample of no operation");
  });

  it("leaves the contract free of code", () => {
    expect(JSON.stringify(openapi)).not.toMatch(/x-codeSamples|createMemoryClient/);
  });
});

describe("a page that stands alone", () => {
  const page =
    '<a class="menu" href="/imports">Imports</a><script>logo = `https://cdn.redoc.ly/redoc/logo-mini.svg`</script>';

  it("links to its own sections and brings its logo", () => {
    const logo = /logo = `(data:image\/svg\+xml,[^`]+)`/.exec(selfContained(page));
    expect(decodeURIComponent(logo?.[1] ?? "")).toContain("Redocly</text></svg>");
    expect(selfContained(page)).toContain('<a class="menu" href="#/imports">');
  });

  it.each([
    ["logo", page.replace("cdn", "images")],
    ["links", page.replace("/imports", "#/imports")],
  ])("is refused when Redoc has changed its %s", (_, changed) => {
    expect(() => selfContained(changed)).toThrow("Redoc has changed");
  });
});
