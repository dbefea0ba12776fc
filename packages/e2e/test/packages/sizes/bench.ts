// Measures the tarballs, and records their content. Fails if a tarball exceeds its budget.
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packPackages } from "../../../../../scripts/pack/pack-packages.ts";
import { tarballBudgets } from "./tarball-budgets.ts";
import { type Content, contentOf, recordContents } from "./tarball-content.ts";

const folder = await mkdtemp(join(tmpdir(), "memory-api-sizes-"));
const contents: Record<string, Content> = {};
console.log("| Tarball, bytes | Measured | Budget |\n| --- | ---: | ---: |");
for (const { name, filename } of (await packPackages(folder)).values()) {
  const { size } = await stat(filename);
  const budget = tarballBudgets[name] ?? 0;
  console.log(`| ${name} | ${size} | ${budget} |`);
  if (size > budget) process.exitCode = 1;
  contents[name] = await contentOf(filename);
}
await recordContents(contents);
await rm(folder, { recursive: true });
