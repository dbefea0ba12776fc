import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { parseArguments } from "../../src/command/arguments.ts";
import { COMMANDS, commandNamed, optionsOf } from "../../src/command/command-table.ts";
import { helpFor } from "../../src/command/help.ts";
import { memory } from "./memory.ts";

describe("memory --help", () => {
  it("lists the commands, the shared options, the credentials and every exit code", async () => {
    const { code, stdout, stderr } = await memory(["--help"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^Usage: memory <command> \[options\]\n/);
    for (const { words, summary } of COMMANDS) {
      expect(stdout).toMatch(new RegExp(`^  ${words.join(" ")}( <\\S+>)? +${summary}$`, "m"));
    }
    for (const text of ["--store <storeId>", "No option accepts credentials", "TWILIO_API_KEY"]) {
      expect(stdout).toContain(text);
    }
    expect(stdout).toMatch(/\nExit codes:\n {2}0 .*\n {2}1 .*\n {2}2 .*\n {2}3 .*\n {2}130 .*\n/);
  });

  it.each(COMMANDS.map((command) => [command.words.join(" "), command] as const))(
    "describes memory %s, its options and an example",
    (name, command) => {
      const help = helpFor(command.words);
      expect(help).toMatch(new RegExp(`^Usage: memory ${name} .*\\[options\\]\n`));
      expect(help).toContain(command.description);
      for (const option of optionsOf(command)) expect(help).toMatch(new RegExp(`^  (-h, )?--${option} `, "m"));
      expect(help).toMatch(new RegExp(`\nExamples:\n  memory ${name} `));
    },
  );

  it.each(COMMANDS.flatMap(({ words, examples }) => examples.map((example) => [example, words] as const)))(
    "shows examples that the command accepts: %s",
    (example, words) => {
      const given = execFileSync("sh", ["-c", `memory() { printf '%s\\n' "$@"; }; ${example}`], { encoding: "utf8" });
      const { words: parsed, options } = parseArguments(given.trimEnd().split("\n"), "");
      const command = commandNamed(parsed);
      expect(command?.words).toEqual(words);
      expect(command && optionsOf(command)).toEqual(expect.arrayContaining(Object.keys(options)));
    },
  );

  it("fits a terminal of 100 columns", () => {
    const lines = [[], ["profile"], ...COMMANDS.map(({ words }) => words)].flatMap((words) =>
      helpFor(words).split("\n"),
    );
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
  });

  it("lists the actions of profile", () => {
    const help = helpFor(["profile"]);
    expect(help).toMatch(/^Usage: memory profile <action> \[options\]\n/);
    expect(help).toContain("  profile delete <profileId>  Delete a profile permanently\n");
    expect(help).not.toContain("bulk");
  });

  it("can be written before, between and after the words, as -h, and as the word help", async () => {
    const help = `${helpFor(["profile", "get"])}\n`;
    for (const given of [
      ["--help", "profile", "get"],
      ["profile", "--help", "get"],
      ["profile", "get", "mem_profile_01kjpx9gbsf34a7d8j2y8hjkqv", "-h"],
      ["help", "profile", "get"],
    ]) {
      expect(await memory(given)).toEqual({ code: 0, stdout: help, stderr: "" });
    }
  });

  it("describes all commands if the command is unknown", () => {
    expect(helpFor(["export"])).toBe(helpFor([]));
  });
});

describe("memory --version", () => {
  it("prints the version of the package", async () => {
    const { version } = JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8"));
    expect(await memory(["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  });
});
