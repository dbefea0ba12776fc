import { access } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { missingPath, pagePaths, readLinks, site } from "./pages.ts";

const pages = new Map(await Promise.all(pagePaths.map(async (path) => [path, await readLinks(path)] as const)));

/** Whether a link of a page leads to a file of the site and, if it names one, to an anchor of that page. */
async function resolves(link: string, from: string): Promise<boolean> {
  const { origin, pathname, hash } = new URL(link, `http://site${from}`);
  if (origin !== "http://site") return true;
  const target = pages.get(pathname);
  if (target) return hash === "" || target.ids.has(decodeURIComponent(hash.slice(1)));
  if (!pathname.startsWith("/docs/") || hash !== "") return false;
  return access(site + pathname.replace("/docs/", "")).then(
    () => true,
    () => false,
  );
}

describe("the links of the site", () => {
  it.each(pagePaths)("resolve on %s", async (path) => {
    const broken: string[] = [];
    for (const link of new Set(pages.get(path)?.links)) if (!(await resolves(link, path))) broken.push(link);
    expect(broken).toEqual([]);
  });

  it("lead to other hosts only where a reader expects it", () => {
    const foreign = [...pages.values()].flatMap(({ links }) => links).filter((link) => /^https?:/.test(link));
    const hosts = new Set(foreign.map((link) => new URL(link).host));
    expect([...hosts].toSorted()).toMatchInlineSnapshot(`
      [
        "127.0.0.1:4010",
        "github.com",
        "memory.example.com",
        "mswjs.io",
        "opentelemetry.io",
        "semver.org",
        "www.npmjs.com",
        "www.pgbouncer.org",
        "www.rfc-editor.org",
        "www.twilio.com",
      ]
    `);
  });

  it("are counted", () => {
    const count = [...pages.values()].reduce((sum, { links }) => sum + links.length, 0);
    console.log(`${pages.size} pages with ${count} links`);
    expect(count).toBeGreaterThan(pages.size);
  });
});

it("the links of the 404 page resolve at any depth", async () => {
  const { ids, links } = await readLinks(missingPath);
  const broken: string[] = [];
  for (const link of new Set(links)) {
    if (link.startsWith("#") && ids.has(link.slice(1))) continue;
    if (!(await resolves(link, "/docs/")) || !(await resolves(link, "/docs/one/two/three/"))) broken.push(link);
  }
  expect(broken).toEqual([]);
});

it("a link to a page, an anchor or a file that does not exist is found", async () => {
  expect(await resolves("/docs/nowhere/", "/docs/")).toBe(false);
  expect(await resolves("/docs/guides/paging/#nowhere", "/docs/")).toBe(false);
  expect(await resolves("/docs/downloads/nowhere.yaml", "/docs/")).toBe(false);
  expect(await resolves("/v1/", "/docs/")).toBe(false);
});
