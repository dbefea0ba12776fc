import { describe, expect, it } from "vitest";
import { memoryServer, outcomeOf } from "./memory-server.ts";

/** Runs the command on this Node.js with another version number. */
function memoryServerOn(version: string) {
  const script = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${version}" } })`;
  const environment = { NODE_OPTIONS: `--import="data:text/javascript,${encodeURIComponent(script)}"` };
  return outcomeOf(memoryServer(["--help"], { environment }));
}

describe("memory-server on Node.js", () => {
  it.each(["20.20.2", "22.9.0", "22.15.1"])(
    "%s, which is too old, names the version that it needs",
    async (version) => {
      expect(await memoryServerOn(version)).toEqual({
        code: 1,
        printed: "",
        complaint: `memory-server: @memory-api/server needs Node.js 22.16 or later; this is ${version}.\n`,
      });
    },
  );

  it.each(["22.16.0", "24.1.0", "100.0.0"])("%s works", async (version) => {
    expect(await memoryServerOn(version)).toMatchObject({ code: 0, complaint: "" });
  });
});
