import { defineCollection } from "astro:content";
import { docsLoader } from "@astrojs/starlight/loaders";
import { docsSchema } from "@astrojs/starlight/schema";
import { glob } from "astro/loaders";
import { z } from "astro/zod";

export const collections = {
  docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }),
  /** The pages of `docs` in the repository. */
  repositoryGuides: defineCollection({ loader: glob({ pattern: "*.md", base: "../../docs" }) }),
  /** What `bench` measured. */
  figures: defineCollection({ loader: glob({ pattern: ["BENCH.md", "packages/*/BENCH.md"], base: "../.." }) }),
  /** What each error code means and what to do. The file name is the code. */
  errors: defineCollection({
    loader: glob({ pattern: "*.md", base: "./src/content/errors" }),
    schema: z.object({ title: z.string(), status: z.number().int() }),
  }),
};
