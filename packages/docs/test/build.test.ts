import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { cp, glob, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { openapi } from "@memory-api/spec";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { selfContained } from "../build/redoc/self-contained.ts";
import { writeSecurityHeaders } from "../build/security-headers.ts";
import { checkSamples, samplesFolder } from "../src/contract/samples.ts";
import { pagePaths, site } from "./pages.ts";

const GUARD = "--import=./build/refuse-connections.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "memory-api-docs-test-"));
});
afterEach(() => rm(folder, { recursive: true }));

describe("a command of this package", () => {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

  it("turns the telemetry of Astro off, and the build and the check fail if they connect to another host", () => {
    const astro = Object.entries<string>(scripts).filter(([, command]) => /astro|build\.ts/.test(command));
    expect(astro.map(([name]) => name)).toEqual(["build", "dev", "typecheck"]);
    for (const [, command] of astro) expect(command).toMatch(/^ASTRO_TELEMETRY_DISABLED=1 /);
    for (const name of ["build", "typecheck"]) expect(scripts[name]).toContain(` NODE_OPTIONS=${GUARD} `);
  });

  const run = (args: readonly string[], env = process.env) =>
    promisify(execFile)(process.execPath, [GUARD, ...args], { cwd: root, env });

  it("fails if it connects to another host and ignores the error", async () => {
    const program = 'fetch("https://example.com").catch(() => {})';
    const stderr = expect.stringContaining("A connection to example.com is refused");
    await expect(run(["--eval", program])).rejects.toMatchObject({ code: 1, stderr });
  });

  it("may connect to its own machine", async () => {
    const program = `
      import { createServer, connect } from "node:net";
      const server = createServer((socket) => socket.end()).listen(0, "127.0.0.1", () => {
        connect(server.address().port, "127.0.0.1").on("close", () => server.close()).resume();
      });`;
    await run(["--input-type=module", "--eval", program]);
  });

  // Astro waits until a report is sent only if it reports an error.
  it.each([
    ["on", "", expect.stringContaining("A connection to telemetry.astro.build is refused")],
    ["off", "1", expect.not.stringContaining("refused")],
  ])("notices whether the telemetry of Astro is %s", async (_state, disabled, stderr) => {
    await writeFile(join(folder, "astro.config.mjs"), 'throw new Error("broken");');
    const { TELEMETRY_DISABLED: _, ...inherited } = process.env;
    const env = { ...inherited, HOME: folder, XDG_CONFIG_HOME: folder, ASTRO_TELEMETRY_DISABLED: disabled };
    const astro = fileURLToPath(new URL("../bin/astro.mjs", import.meta.resolve("astro")));
    await expect(run([astro, "sync", "--root", folder], env)).rejects.toMatchObject({ code: 1, stderr });
  });
});

describe("the samples", () => {
  beforeEach(() => cp(samplesFolder, folder, { recursive: true, filter: (path) => !path.includes("node_modules") }));

  it("are complete", async () => {
    await checkSamples();
  });

  it("fail the build if one is missing or belongs to no operation, and name all of them", async () => {
    await rm(join(folder, "curl", "createProfile.sh"));
    await rename(join(folder, "python", "listProfiles.py"), join(folder, "python", "listProfile.py"));
    await expect(checkSamples(folder)).rejects.toThrow(
      /curl\/createProfile\.sh is missing.*\n.*python\/listProfiles\.py is missing.*\n.*python\/listProfile\.py is not named/,
    );
  });

  it("add no code to the contract", () => {
    expect(JSON.stringify(openapi)).not.toMatch(/x-codeSamples|createMemoryClient|createFetchClient/);
  });
});

describe("the Content-Security-Policy", () => {
  const policyOf = async (html: string) => {
    await writeFile(join(folder, "index.html"), html);
    return writeSecurityHeaders(folder, ["index.html"]);
  };

  it("contains a hash of each inline script and of each style attribute, and allows no others", async () => {
    const policy = await policyOf(`<script>one()</script><script src="two.js"></script><p style="top:0"></p>`);
    expect(policy.match(/'sha256-/g)).toHaveLength(2);
    expect(policy).not.toContain("'unsafe-inline'");
    expect(await readFile(join(folder, "_headers"), "utf8")).toContain(policy);
  });

  it("is refused for a page with a style element", async () => {
    await expect(policyOf("<style>p {}</style>")).rejects.toThrow("index.html has a style element");
  });
});

describe("the Markdown twins", () => {
  const read = (file: string) => readFile(join(site, file), "utf8");
  const twinFile = (path: string) => `${path.replace("/docs/", "")}index.md`;

  it.each(pagePaths)("of %s begins with a title and contains no HTML", async (path) => {
    const markdown = await read(twinFile(path));
    expect(markdown).toMatch(/^# .+\n/);
    expect(await read(`${path.replace("/docs/", "")}index.html`)).toContain('type="text/markdown" href="index.md"');
    expect(markdown.replace(/```[\s\S]*?```|`[^`]*`/g, "")).not.toMatch(/<\/?[a-z-]+[ >]|&#x|\]\(#/);
  });

  it("contain all samples, folded parts and examples, but no form", async () => {
    const markdown = await read(twinFile("/docs/reference/operations/create-profile/"));
    for (const label of ["curl", "SDK", "openapi-fetch", "Vendor's SDK", "Python"])
      expect(markdown).toContain(`**${label}**`);
    expect(markdown).toContain('"message": "Profile resolved and accepted for processing."');
    expect(markdown).not.toContain("Use the sandbox's credentials");
  });

  it("are all in llms.txt, with a description, and in llms-full.txt", async () => {
    const [list, full] = await Promise.all([read("llms.txt"), read("llms-full.txt")]);
    expect(list).toMatch(/^# Memory API\n\n> /);
    for (const path of pagePaths) {
      if (path !== "/docs/")
        expect(list.split("\n").find((line) => line.includes(`${path}index.md): `))).toMatch(/: .+/);
      expect(full).toContain(await read(twinFile(path)));
    }
  });
});

// It builds the site once more.
if (process.env["SOAK"] === "1") {
  it("a site that is built for another path and origin has no link to the default ones, not even on the 404 page", async () => {
    const own = { DOCS_BASE: "/memory", DOCS_SITE: "https://docs.example.com", DOCS_OUT: folder };
    // Vitest sets BASE_URL, which Vite would read.
    const { BASE_URL: _, ...inherited } = process.env;
    const env = { ...inherited, ...own, ASTRO_TELEMETRY_DISABLED: "1" };
    const cwd = fileURLToPath(new URL("..", import.meta.url));
    await promisify(execFile)(process.execPath, ["--max-old-space-size=512", GUARD, "build/build.ts"], { cwd, env });

    const pages = await Array.fromAsync(glob(["**/*.html", "*.txt", "*.xml"], { cwd: folder }));
    expect(pages).toEqual(expect.arrayContaining(["404.html", "index.html", "llms.txt", "sitemap-0.xml"]));
    for (const page of pages.filter((file) => !file.startsWith("downloads"))) {
      const text = await readFile(join(folder, page), "utf8");
      const links = [...text.matchAll(/(?:href|src|data-index)="(\/[^"]*)"/g)].map(([, link = ""]) => link);
      expect([page, links.filter((link) => !link.startsWith("/memory/"))]).toEqual([page, []]);
      expect(text).not.toContain("http://127.0.0.1:4010/docs/");
    }
  }, 600_000);
}

describe("the pages for machines", () => {
  it("sitemap lists every page", async () => {
    const sitemap = await readFile(join(site, "sitemap-0.xml"), "utf8");
    for (const path of pagePaths) expect(sitemap).toContain(`${path}</loc>`);
  });

  it("have a title, a description and a picture for previews, and a link to edit", async () => {
    for (const path of pagePaths) {
      const html = await readFile(join(site, path.replace("/docs/", ""), "index.html"), "utf8");
      for (const name of ["og:title", "og:description", "og:image", "og:url"])
        expect(html).toContain(`property="${name}"`);
    }
    expect(await readdir(site)).toContain("social-card.png");
  });
});

describe("Redoc's page in one file", () => {
  const page =
    '<a class="menu" href="/imports">Imports</a><script>logo = `https://cdn.redoc.ly/redoc/logo-mini.svg`</script>';

  it("links to its own sections and brings its logo", () => {
    const logo = /logo = `(data:image\/svg\+xml,[^`]+)`/.exec(selfContained(page));
    expect(decodeURIComponent(logo?.[1] ?? "")).toContain("Redocly</text></svg>");
    expect(selfContained(page)).toContain('<a class="menu" href="#/imports">');
  });

  it.each([
    ["logo", page.replace("cdn", "images")],
    ["links", page.replace("/imports", "#/imports")],
  ])("is refused when Redoc has changed its %s", (_, changed) => {
    expect(() => selfContained(changed)).toThrow("Redoc has changed");
  });
});
