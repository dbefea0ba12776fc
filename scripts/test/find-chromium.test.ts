import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { findChromium } from "./find-chromium.ts";

describe("findChromium", () => {
  it("returns the value of CHROMIUM, even if it is empty", () => {
    expect(findChromium({ CHROMIUM: "/opt/chromium", PATH: "" })).toBe("/opt/chromium");
    expect(findChromium({ CHROMIUM: "", PATH: process.env["PATH"] })).toBe("");
  });

  it("returns the first executable Chromium on the path", async () => {
    const folder = await mkdtemp(join(tmpdir(), "chromium-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, "chromium"), "");
    const chrome = join(folder, "google-chrome");
    await writeFile(chrome, "");
    await chmod(chrome, 0o755);
    expect(findChromium({ PATH: ["/nowhere", folder].join(delimiter) })).toBe(chrome);
  });
});
