import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import puppeteer, { type Browser } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findChromium } from "../../../../scripts/test/find-chromium.ts";
import { documentReporter } from "../../src/reporters/reporters.ts";
import { FINDINGS, replay } from "../support/synthetic-run.ts";

const executablePath = findChromium();
const missing = "Chromium is not installed: run apt-get install chromium, or set CHROMIUM to the path of a Chromium";
const reasonToSkip = executablePath === "" && !process.env["CI"] ? missing : undefined;
const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];

function written(name: "html" | "junit"): string {
  let text = "";
  replay(documentReporter(name, (written) => (text = written)));
  return text;
}

describe.skipIf(reasonToSkip !== undefined)(`in a browser${reasonToSkip ? ` (${reasonToSkip})` : ""}`, () => {
  let browser: Browser;
  const folder = mkdtempSync(join(tmpdir(), "memory-conformance-html-"));
  beforeAll(async () => {
    if (executablePath === "") throw new Error(missing);
    browser = await puppeteer.launch({ executablePath, args, headless: true });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("the HTML report shows what a hostile implementation sent, and runs none of it", async () => {
    const file = join(folder, "report.html");
    writeFileSync(file, written("html"));
    const page = await browser.newPage();
    const requests: string[] = [];
    const errors: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    page.on("console", (message) => errors.push(message.text()));
    page.on("pageerror", (error) => errors.push(String(error)));
    await page.goto(pathToFileURL(file).href);
    expect(await page.title()).toBe(
      "The implementation does not conform to the contract: 2 errors, 1 warning · Conformance to the Memory API",
    );
    expect(await page.$$eval("img", (images) => images.length)).toBe(0);
    expect(await page.$$eval("script", (scripts) => scripts.length)).toBe(1);
    expect(await page.$$eval("article.finding", (cards) => cards.length)).toBe(FINDINGS.length + 1);
    expect(await page.$eval("#finding-2 .received pre", (element) => element.textContent)).toContain("<img src=x");
    // Its own script ran, so the policy of the page allows it.
    expect(await page.$$eval("button.copy", (buttons) => buttons.every((button) => !button.hidden))).toBe(true);
    expect(await page.$eval(".meter i", (element) => getComputedStyle(element).width)).not.toBe("0px");
    expect(requests).toEqual([pathToFileURL(file).href]);
    expect(errors).toEqual([]);
  });

  it("the JUnit report is well-formed XML with one test case for each scenario", async () => {
    const page = await browser.newPage();
    const parsed = await page.evaluate((xml) => {
      const document = new DOMParser().parseFromString(xml, "application/xml");
      const count = (selector: string) => document.querySelectorAll(selector).length;
      const numberOf = (name: string) => Number(document.documentElement.getAttribute(name));
      return {
        error: document.querySelector("parsererror")?.textContent,
        root: document.documentElement.nodeName,
        tests: numberOf("tests") - count("testcase"),
        failures: numberOf("failures") - count("testcase:has(failure)"),
        names: [...document.querySelectorAll("testsuite[name=smoke] > testcase")].map((each) =>
          each.getAttribute("name"),
        ),
        elements: [...new Set([...document.querySelectorAll("*")].map((each) => each.nodeName))].sort(),
        message: document.querySelector("testcase[name='smoke/profile'] failure")?.getAttribute("message"),
      };
    }, written("junit"));
    expect(parsed).toMatchObject({
      root: "testsuites",
      tests: 0,
      failures: 0,
      names: ["smoke/a-passed", "smoke/delete", "smoke/listProfiles", "smoke/profile", "smoke/upload", "smoke/skipped"],
      elements: ["failure", "skipped", "system-out", "testcase", "testsuite", "testsuites"],
    });
    expect(parsed.error).toBeUndefined();
    expect(parsed.message).toContain(`</script><script>document.title="hacked"</script>`);
  });
});
