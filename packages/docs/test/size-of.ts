import { gzipSync } from "node:zlib";
import type { Page } from "puppeteer-core";

/** Loads a page without a cache, and returns the bytes of everything that it loads, each file after gzip. */
export async function sizeOf(page: Page, url: string): Promise<number> {
  const sizes: Promise<number>[] = [];
  page.on("response", (response) => {
    if (!response.url().startsWith("data:")) sizes.push(response.buffer().then((body) => gzipSync(body).length));
  });
  await page.setCacheEnabled(false);
  await page.goto(url, { waitUntil: "networkidle0" });
  return (await Promise.all(sizes)).reduce((sum, each) => sum + each, 0);
}
