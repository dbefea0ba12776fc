import type { Tree } from "./tree.ts";

/** Adds a changeset with a minor bump of the packages that contain the contract. */
export function changeset(tree: Tree, name: string, title: string): void {
  const { linked }: { linked: string[][] } = JSON.parse(tree.read(".changeset/config.json"));
  const packages = linked.find((names) => names.includes("@memory-api/spec")) ?? [];
  tree.create(
    `.changeset/${name}.md`,
    `---
${packages.map((each) => `"${each}": minor\n`).join("")}---

${title}. TODO: What consumers can do with it.
`,
  );
}
