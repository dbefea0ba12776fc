import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** The file that contains the policy, which a server sends with every page. */
const POLICY_FILE = "content-security-policy.txt";

/**
 * Writes the Content-Security-Policy of a built site: only its own files, and the inline scripts and `style` attributes that the
 * build wrote, by their hashes. Also writes `_headers`, which several static hosts read.
 *
 * @param folder folder of the site
 * @param pages its HTML files, relative to the folder
 */
export async function writeSecurityHeaders(folder: string, pages: readonly string[]): Promise<string> {
  const scripts = new Set<string>();
  const styles = new Set<string>();
  for (const page of pages) {
    const html = await readFile(join(folder, page), "utf8");
    for (const [, source = ""] of html.matchAll(/<script(?![^>]*\bsrc=)[^>]*>(.*?)<\/script>/gs))
      scripts.add(hashOf(source));
    for (const [, source = ""] of html.matchAll(/<[a-z][^>]*? style="([^"]*)"/g)) styles.add(hashOf(source));
    if (/<style/.test(html)) throw new Error(`${page} has a style element. Move its rules to a style sheet.`);
  }
  const policy = [
    "default-src 'none'",
    `script-src 'self' 'wasm-unsafe-eval' ${[...scripts].toSorted().join(" ")}`,
    "style-src 'self'",
    `style-src-attr 'unsafe-hashes' ${[...styles].toSorted().join(" ")}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
  await writeFile(join(folder, POLICY_FILE), `${policy}\n`);
  await writeFile(
    join(folder, "_headers"),
    `/*\n  Content-Security-Policy: ${policy}\n  Referrer-Policy: no-referrer\n  X-Content-Type-Options: nosniff\n`,
  );
  return policy;
}

function hashOf(source: string): string {
  return `'sha256-${createHash("sha256").update(source).digest("base64")}'`;
}
