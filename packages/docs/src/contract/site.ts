/** The path under which the site is served, such as `/docs`. Links contain it, so each base path needs its own build. */
export const base = (process.env["DOCS_BASE"] ?? "/docs").replace(/\/$/, "");

/** @param path path on the site, with a slash at the start */
export function at(path: string): string {
  return base + path;
}
