import { defineRouteMiddleware } from "@astrojs/starlight/route-data";

/** Links each page to its Markdown twin. The 404 page has none. */
export const onRequest = defineRouteMiddleware(({ locals, routePattern }) => {
  if (routePattern === "/404") return;
  const attrs = { rel: "alternate", type: "text/markdown", href: "index.md" };
  locals.starlightRoute.head.push({ tag: "link", attrs, content: "" });
});
