import { cp, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openapi } from "@memory-api/spec";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { buildReference, samplesFolder } from "../build/build-reference.ts";
import { sampleStyles } from "../build/code-samples.ts";
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
  it("writes the same bytes each time, wherever the samples are", async () => {
    const other = join(folder, "index.html");
    await buildReference(samples, page());
    await buildReference(samplesFolder, other);
    expect((await readFile(page())).equals(await readFile(other))).toBe(true);
  });

  describe.each(sampleStyles)("without all samples in $folder/", ({ folder: style }) => {
    it.each(contractOperations)("fails and names the missing sample of $id", async ({ id }) => {
      await rm(join(samples, style, `${id}.ts`));
      await expect(buildReference(samples, page())).rejects.toThrow(`${style}/${id}.ts is missing`);
      await expect(readFile(page())).rejects.toThrow("ENOENT");
    });

    it("fails and names a sample without an operation", async () => {
      await writeFile(join(samples, style, "mergeProfiles.ts"), "");
      await expect(buildReference(samples, page())).rejects.toThrow(
        `${style}/mergeProfiles.ts is not named after an operation`,
      );
    });
  });

  it("fails and names every fault at once", async () => {
    await rm(join(samples, "sdk", "createProfile.ts"));
    await rename(join(samples, "openapi-fetch", "listProfiles.ts"), join(samples, "openapi-fetch", "listProfile.ts"));
    await expect(buildReference(samples, page())).rejects.toThrow(
      /sdk\/createProfile\.ts .*\n.*openapi-fetch\/listProfiles\.ts .*\n.*openapi-fetch\/listProfile\.ts /,
    );
  });

  it("adds no code to the contract", () => {
    expect(JSON.stringify(openapi)).not.toMatch(/x-codeSamples|createMemoryClient|createFetchClient/);
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
