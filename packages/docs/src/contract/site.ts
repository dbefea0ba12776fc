/** The path under which the site is served, such as `/docs`. Links contain it, so each base path needs its own build. */
export const base = (process.env["DOCS_BASE"] ?? "/docs").replace(/\/$/, "");

/** The origin at which the site is published. The default is that of `pnpm start`. */
export const siteUrl = process.env["DOCS_SITE"] ?? "http://127.0.0.1:4010";

/** @param path path on the site, with a slash at the start */
export function at(path: string): string {
  return base + path;
}

const REPOSITORY = "https://github.com/memory-api/contract";

/** The URL of a file of the repository. */
export function sourceUrl(file: string): string {
  return `${REPOSITORY}/blob/main/${file}`;
}

/** The URL at which to edit a file of the repository. */
export function editUrl(file: string): string {
  return `${REPOSITORY}/edit/main/${file}`;
}
