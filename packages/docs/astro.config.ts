import { unified } from "@astrojs/markdown-remark";
import starlight from "@astrojs/starlight";
import { defineConfig } from "astro/config";
import { base } from "./src/contract/site.ts";
import { markdownOptions } from "./src/markdown/markdown.ts";
import { sidebar } from "./src/sidebar.ts";

export default defineConfig({
  base: base || "/",
  site: process.env["DOCS_SITE"] ?? "http://127.0.0.1:4010",
  trailingSlash: "always",
  outDir: "dist",
  // It reads files next to it.
  vite: { environments: { prerender: { resolve: { external: ["@memory-api/spec"] } } } },
  markdown: { syntaxHighlight: false, processor: unified(markdownOptions) },
  integrations: [
    starlight({
      title: "Memory API",
      description: "Customer profiles with identity resolution: reference, guides and a sandbox to try them in.",
      // It adds a `style` attribute to every token, which the Content-Security-Policy does not allow.
      expressiveCode: false,
      customCss: ["./src/styles/site.css", "./src/styles/reference.css", "./src/styles/code.css"],
      sidebar,
      credits: false,
    }),
  ],
});
