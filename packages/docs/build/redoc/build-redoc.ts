import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { openapi } from "@memory-api/spec";
import { operations } from "../../src/contract/operations.ts";
import { redocly } from "./redocly.ts";
import { samplesOverlay } from "./samples-overlay.ts";
import { selfContained } from "./self-contained.ts";

const bundle = fileURLToPath(import.meta.resolve("@memory-api/spec/openapi.json"));
const template = fileURLToPath(new URL("page.hbs", import.meta.url));

/** Writes the reference as one HTML file, which works without a server. The same contract and samples result in the same bytes. */
export async function buildRedoc(file: string): Promise<void> {
  const { title, version } = openapi.info;
  const overlay = await samplesOverlay(operations, version);

  const folder = await mkdtemp(join(tmpdir(), "memory-api-docs-"));
  try {
    const at = (name: string) => join(folder, name);
    await writeFile(at("samples.json"), JSON.stringify(overlay));
    await redocly("bundle", bundle, "--overlay", at("samples.json"), "--output", at("openapi.json"));

    const page = ["--template", template, "--title", `${title} ${version}`, "--output", at("page.html")];
    await redocly("build-docs", at("openapi.json"), "--inlineBundle", ...page);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, selfContained(await readFile(at("page.html"), "utf8")));
  } finally {
    await rm(folder, { recursive: true });
  }
}
