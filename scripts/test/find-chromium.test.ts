import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { findChromium } from "./find-chromium.ts";

it("takes the Chromium that CHROMIUM names, even if that is none", () => {
  expect(findChromium({ CHROMIUM: "/opt/chromium", PATH: "" })).toBe("/opt/chromium");
  expect(findChromium({ CHROMIUM: "", PATH: process.env["PATH"] })).toBe("");
});

it("finds the first on the path that can be run", async () => {
  const folder = await mkdtemp(join(tmpdir(), "chromium-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "chromium"), "");
  const chrome = join(folder, "google-chrome");
  await writeFile(chrome, "");
  await chmod(chrome, 0o755);
  expect(findChromium({ PATH: ["/nowhere", folder].join(delimiter) })).toBe(chrome);
});
