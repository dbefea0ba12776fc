import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The root of the repository. */
export const root = new URL("../../../../", import.meta.url);

const cwd = fileURLToPath(root);

/** The pages of `docs` that are not on the site. */
const maintainerPages = ["docs/mutation-testing.md", "docs/releasing.md"];

/** The pages of the documentation site that are written by hand: paths relative to the root of the repository. */
export const sitePages = globSync(["packages/docs/src/content/**/*.{md,mdx}", "docs/*.md"], { cwd })
  .filter((page) => !maintainerPages.includes(page))
  .toSorted();

/** All pages, by the same paths. */
export const pages = globSync(
  [
    ...["*.md", ".changeset/*.md", "docs/**/*.md", "examples/*/*.md", "packages/*/*.md", "spec/*.md"],
    "packages/docs/src/content/**/*.{md,mdx}",
  ],
  { cwd },
).toSorted();
