import { readdirSync, readFileSync } from "node:fs";
import type { StarlightUserConfig } from "@astrojs/starlight/types";
import { parse } from "yaml";
import { schemas } from "./contract/document.ts";
import { repositoryGuides } from "./contract/guides.ts";
import { operations, tags } from "./contract/operations.ts";
import { kebab } from "./contract/pages.ts";

/** The navigation of the site. Its links do not contain the base path, which Starlight adds. */
export const sidebar: StarlightUserConfig["sidebar"] = [
  {
    label: "Guides",
    items: [
      ...["quick-start", "authentication", "identity-resolution", "traits", "paging"].map(page),
      ...["bulk-or-import", "csv-import", "errors-and-retries", "clients", "postman"].map(page),
      ...[
        guide("openapi-fetch"),
        guide("testing"),
        page("contract-tests"),
        guide("consumer-tests"),
        guide("migration"),
      ],
      ...[page("run-the-server"), guide("operations"), guide("security"), guide("scale")],
      ...[guide("versioning"), page("what-this-is-not")],
    ],
  },
  ...tags.map((label) => ({
    label,
    items: operations
      .filter(({ tag }) => tag === label)
      .map(({ id, summary, method }) => ({
        label: summary,
        link: `/reference/operations/${kebab(id)}/`,
        badge: { text: method, class: `method method-${method.toLowerCase()}` },
      })),
  })),
  {
    label: "Server",
    items: [
      { label: "Settings", link: "/server/settings/" },
      { label: "Metrics", link: "/server/metrics/" },
      { label: "Figures", link: "/figures/" },
    ],
  },
  {
    label: "Changes",
    items: [
      { label: "Changelog", link: "/changelog/" },
      { label: "Deprecations", link: "/deprecations/" },
    ],
  },
  {
    label: "Errors",
    collapsed: true,
    items: errorPages().map(({ code, title }) => ({
      label: `${code}: ${title}`,
      link: `/reference/errors/${code}/`,
    })),
  },
  {
    label: "Schemas",
    collapsed: true,
    items: Object.keys(schemas).map((name) => ({ label: name, link: `/reference/schemas/${kebab(name)}/` })),
  },
];

/** A guide of the repository. */
function guide(name: (typeof repositoryGuides)[number]["name"]) {
  const title = repositoryGuides.find((each) => each.name === name)?.title ?? name;
  return { label: title, link: `/guides/${name}/` };
}

/** A guide of this package, whose title is in the file. */
function page(name: string): string {
  return `guides/${name}`;
}

/** The pages of error codes, by status and code. The contract has no examples of those that only the server returns. */
function errorPages(): { code: number; status: number; title: string }[] {
  const folder = new URL("./content/errors/", import.meta.url);
  return readdirSync(folder)
    .map((file) => {
      const [, frontmatter = ""] = readFileSync(new URL(file, folder), "utf8").split("---\n");
      const { status, title } = parse(frontmatter);
      return { code: Number.parseInt(file, 10), status, title };
    })
    .toSorted((one, other) => one.status - other.status || one.code - other.code);
}
