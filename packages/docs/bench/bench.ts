// `pnpm --filter @memory-api/docs run bench` measures the site and its build, writes the figures to BENCH.md, and fails if one exceeds
// its budget.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { glob, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "puppeteer-core";
import { desktop, launchChromium, phone } from "../test/chromium.ts";
import { site } from "../test/pages.ts";
import { serveSandbox } from "../test/serve-sandbox.ts";
import { sizeOf } from "../test/size-of.ts";

interface Figure {
  readonly what: string;
  readonly measured: number;
  readonly budget: number;
}

const RUNS = 5;
/** The bound of memory is that of the script `build`. */
const OPTIONS = ["--max-old-space-size=512", "--import"];
const PAGES = [
  { name: "First page", path: "/docs/", kB: 60 },
  { name: "Operation with a body", path: "/docs/reference/operations/create-profile/", kB: 90 },
  { name: "Guide with a drawing", path: "/docs/guides/identity-resolution/", kB: 90 },
];

const [first, second] = [await build(), await build()];
if (first.hash !== second.hash) throw new Error("Two builds are different.");
const figures: Figure[] = [
  { what: "Build, seconds", measured: Math.max(first.seconds, second.seconds), budget: 60 },
  { what: "Build, MiB of memory", measured: Math.max(first.mebibytes, second.mebibytes), budget: 1024 },
  ...(await measurePages()),
];
const rows = figures.map(({ what, measured, budget }) => `| ${what} | ${format(measured)} | at most ${budget} |`);
const table = ["| What | Measured | Budget |", "| --- | ---: | ---: |", ...rows].join("\n");
const page = fileURLToPath(new URL("../BENCH.md", import.meta.url));
const text = await readFile(page, "utf8");
await writeFile(page, text.replace(/\| What \|[\s\S]*?(?=\n\n)/, table));
console.log(table);
if (figures.some(({ measured, budget }) => measured > budget)) process.exitCode = 1;

/** Builds the site. The memory is that of the process of the build, without the one that makes Redoc's page. */
async function build() {
  const report = "process.on('exit',()=>console.error('maxRSS='+process.resourceUsage().maxRSS))";
  const started = performance.now();
  const { status, stderr } = spawnSync(
    process.execPath,
    [...OPTIONS, `data:text/javascript,${report}`, "build/build.ts"],
    {
      cwd: fileURLToPath(new URL("..", import.meta.url)),
      encoding: "utf8",
      env: { ...process.env, ASTRO_TELEMETRY_DISABLED: "1" },
    },
  );
  if (status !== 0) throw new Error(stderr);
  const seconds = (performance.now() - started) / 1000;
  return { seconds, mebibytes: Number(/maxRSS=(\d+)/.exec(stderr)?.[1]) / 1024, hash: await hashOfSite() };
}

async function hashOfSite(): Promise<string> {
  const hash = createHash("sha256");
  for (const file of (await Array.fromAsync(glob("**/*.*", { cwd: site }))).toSorted()) {
    hash.update(file).update(await readFile(join(site, file)));
  }
  return hash.digest("hex");
}

async function measurePages(): Promise<Figure[]> {
  await using sandbox = await serveSandbox();
  const browser = await launchChromium();
  try {
    const measured: Figure[] = [];
    for (const { name, path, kB } of PAGES) {
      const page = await browser.newPage();
      measured.push({
        what: `${name}, kB after gzip`,
        measured: (await sizeOf(page, sandbox.url + path)) / 1000,
        budget: kB,
      });
      await page.close();
      for (const [screen, viewport] of Object.entries({ desktop, phone })) {
        const loads = [];
        for (let run = 0; run < RUNS; run++) loads.push(await load(browser, sandbox.url + path, viewport));
        measured.push({
          what: `${name} on a ${screen}, LCP in seconds`,
          measured: median(loads.map(({ lcp }) => lcp)),
          budget: 1,
        });
        measured.push({
          what: `${name} on a ${screen}, CLS`,
          measured: Math.max(...loads.map(({ cls }) => cls)),
          budget: 0.02,
        });
      }
    }
    return measured;
  } finally {
    await browser.close();
  }
}

/** Loads a page with an empty cache. Returns the Largest Contentful Paint and the Cumulative Layout Shift that the browser reports. */
async function load(browser: Browser, url: string, viewport: typeof desktop): Promise<{ lcp: number; cls: number }> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport(viewport);
  await page.goto(url, { waitUntil: "networkidle0" });
  const result = await page.evaluate(async () => {
    const entries = (type: string) =>
      new Promise<PerformanceEntryList>((resolve) => {
        new PerformanceObserver((list) => resolve(list.getEntries())).observe({ type, buffered: true });
        setTimeout(() => resolve([]), 500);
      });
    const paints = await entries("largest-contentful-paint");
    const shifts = await entries("layout-shift");
    return {
      lcp: (paints.at(-1)?.startTime ?? Number.NaN) / 1000,
      cls: shifts.reduce((sum, shift) => sum + Number(Reflect.get(shift, "value")), 0),
    };
  });
  await context.close();
  return result;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function format(value: number): string {
  return value >= 10 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toFixed(3);
}
