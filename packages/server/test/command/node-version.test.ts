import { describe, expect, it } from "vitest";
import { memoryServer, outcomeOf } from "./memory-server.ts";

/** Runs the command on this Node.js, which says that it is another. */
function memoryServerOn(version: string) {
  const script = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${version}" } })`;
  const environment = { NODE_OPTIONS: `--import="data:text/javascript,${encodeURIComponent(script)}"` };
  return outcomeOf(memoryServer(["--help"], { environment }));
}

describe("memory-server on a Node.js", () => {
  it.each(["20.20.2", "22.9.0", "22.15.1"])("that is too old says which one it needs: %s", async (version) => {
    expect(await memoryServerOn(version)).toEqual({
      code: 1,
      printed: "",
      complaint: `memory-server: @memory-api/server needs Node.js 22.16 or later; this is ${version}.\n`,
    });
  });

  it.each(["22.16.0", "24.1.0", "100.0.0"])("that is new enough works: %s", async (version) => {
    expect(await memoryServerOn(version)).toMatchObject({ code: 0, complaint: "" });
  });
});
