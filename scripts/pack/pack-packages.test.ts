import { execFileSync } from "node:child_process";
import { afterEach, describe, expect, it, vi } from "vitest";
import { installCommand, packPackages } from "./pack-packages.ts";

const packed = (filename: string) => ({ name: "a", filename, files: [] });

describe("installCommand", () => {
  it("installs all tarballs with one command, and does not quote plain paths", () => {
    expect(installCommand([packed("/a/b-0.1.0.tgz"), packed("C_@%+=:,./d.tgz")])).toBe(
      "npm i /a/b-0.1.0.tgz C_@%+=:,./d.tgz",
    );
  });

  it.each(["/my files/a.tgz", "/$HOME/`id`.tgz", "/it's/a.tgz", '/a"b\\c.tgz', "/(a)&;*~.tgz", "/é/a.tgz"])(
    "quotes a path for the shell: %s",
    (path) => {
      const words = installCommand([packed(path)]).replace("npm i ", "printf %s ");
      expect(words).toMatch(/^printf %s '/);
      expect(execFileSync("sh", ["-c", words], { encoding: "utf8" })).toBe(path);
    },
  );
});

describe("packPackages", () => {
  afterEach(() => void vi.unstubAllEnvs());

  it("reports the command to run if pnpm is not on the path", async () => {
    vi.stubEnv("npm_config_user_agent", "npm/11.0.0");
    vi.stubEnv("PATH", "/nowhere");
    await expect(packPackages("/nowhere")).rejects.toThrow("pnpm is not on the path. Run: npx -y pnpm@12 run pack");
  });
});
