import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, it } from "vitest";

const filesOf = async (path: string) => {
  const entry = fileURLToPath(new URL(`../../src/${path}`, import.meta.url));
  const { metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    format: "esm",
    platform: "node",
    write: false,
    metafile: true,
  });
  return Object.keys(metafile.inputs).filter((file) => file.includes("src/command/"));
};

it("the package carries nothing of the command to those who import it", async () => {
  expect(await filesOf("index.ts")).toEqual([]);
  expect(await filesOf("command/cli.ts")).not.toEqual([]);
});
