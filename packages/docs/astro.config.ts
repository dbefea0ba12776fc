import { unified } from "@astrojs/markdown-remark";
import starlight from "@astrojs/starlight";
import { defineConfig } from "astro/config";
import { at, base, editUrl, siteUrl } from "./src/contract/site.ts";
import { markdownOptions } from "./src/markdown/markdown.ts";
import { sidebar } from "./src/sidebar.ts";

export default defineConfig({
  base: base || "/",
  site: siteUrl,
  trailingSlash: "always",
  outDir: "dist",
  // The default removes the space between a text and an element on the next line.
  compressHTML: true,
  // It reads files next to it.
  vite: { environments: { prerender: { resolve: { external: ["@memory-api/spec"] } } } },
  markdown: { syntaxHighlight: false, processor: unified(markdownOptions) },
  integrations: [
    {
      name: "client scripts of drawings",
      hooks: {
        "astro:config:setup": ({ injectScript }) => injectScript("page", 'import "/src/client/merge-steps.ts";'),
      },
    },
    starlight({
      title: "Memory API",
      description: "Customer profiles with identity resolution: reference, guides and a sandbox to try them in.",
      // It adds a `style` attribute to every token, which the Content-Security-Policy does not allow.
      expressiveCode: false,
      customCss: ["site", "reference", "code", "landing"].map((name) => `./src/styles/${name}.css`),
      sidebar,
      editLink: { baseUrl: editUrl("packages/docs/") },
      head: [{ tag: "meta", attrs: { property: "og:image", content: new URL(at("/social-card.png"), siteUrl).href } }],
      routeMiddleware: "./src/markdown/link-twin.ts",
      credits: false,
      // src/pages/404.astro replaces it.
      disable404Route: true,
    }),
  ],
});
