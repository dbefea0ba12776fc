// `pnpm run screenshots` takes a picture of the main pages at two widths, in light and dark, into `.screenshots`.
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { desktop, launchChromium, phone } from "../test/chromium.ts";
import { kinds, missingPath } from "../test/pages.ts";
import { serveSandbox } from "../test/serve-sandbox.ts";

const folder = fileURLToPath(new URL("../.screenshots", import.meta.url));
const pages = [...kinds.map(({ path }) => path), missingPath, "/"];

await rm(folder, { recursive: true, force: true });
await mkdir(folder);
await using sandbox = await serveSandbox();
const browser = await launchChromium();
try {
  for (const [screen, viewport] of Object.entries({ desktop, phone })) {
    for (const theme of ["light", "dark"] as const) {
      const page = await browser.newPage();
      await page.setViewport(viewport);
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: theme }]);
      for (const path of pages) {
        await page.goto(sandbox.url + path, { waitUntil: path === missingPath ? "networkidle0" : "load" });
        const name = path === "/" ? "sandbox" : path.split("/").filter(Boolean).join("-");
        await page.screenshot({ path: join(folder, `${name}-${screen}-${theme}.png`), fullPage: true });
      }
      await page.close();
    }
  }
} finally {
  await browser.close();
}
console.log(`${pages.length * 4} pictures: ${folder}`);
