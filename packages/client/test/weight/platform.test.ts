import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const trapped = fileURLToPath(new URL("trapped.ts", import.meta.url));

/** Runs it in a fresh process. */
const run = (...given: string[]) => promisify(execFile)(process.execPath, [trapped, ...given]);

const slow = ["Headers", "Request", "Response", "FormData", "fetch", "crypto"];
const others = ["Blob", "File", "ReadableStream", "TransformStream", "WebSocket", "XMLHttpRequest", "AbortController"];

describe("to import the package and to make a client and a store", () => {
  it("touches nothing of the platform that has to be loaded first", async () => {
    const { stdout } = await run();
    expect(JSON.parse(stdout)).toEqual(expect.arrayContaining([...slow, ...others]));
  });

  it.each(["Headers", "fetch", "XMLHttpRequest"])("would fail if something touched %s", async (name) => {
    await expect(run(`data:text/javascript,typeof ${name}`)).rejects.toThrow(`${name} was touched.`);
  });
});
