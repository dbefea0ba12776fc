import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const trapped = new URL("trapped.ts", import.meta.url).href;
const cwd = fileURLToPath(new URL("../..", import.meta.url));

/** Runs a program in a new process, and returns the globals of the platform that it touched. */
async function touchedBy(program: string): Promise<string[]> {
  const options = ["--import", trapped, "--input-type=module", "--eval", program];
  const { stdout } = await promisify(execFile)(process.execPath, options, { cwd });
  return JSON.parse(stdout);
}

const slow = ["Headers", "Request", "Response", "FormData", "fetch", "crypto"];
const others = ["Blob", "File", "ReadableStream", "TransformStream", "WebSocket", "XMLHttpRequest", "AbortController"];
const options = `{ credentials: { apiKey: "SK0", apiSecret: "secret" } }`;

describe("globals of the platform", () => {
  it("are not touched by importing @memory-api/client and creating a client and a store", async () => {
    const program = `
      import { createMemoryClient } from "@memory-api/client";
      createMemoryClient(${options}).store("mem_store_00000000000000000000000000");`;
    expect(await touchedBy(program)).toEqual([]);
  });

  it("are not touched by importing the openapi-fetch client", async () => {
    expect(await touchedBy(`import "@memory-api/client/openapi-fetch";`)).toEqual([]);
  });

  // openapi-fetch reads `Request` when it creates a client. It does not read `fetch`, because it is given one.
  it("are not touched by creating an openapi-fetch client, except Request and URL", async () => {
    const program = `
      import { createFetchClient } from "@memory-api/client/openapi-fetch";
      createFetchClient(${options});`;
    expect(await touchedBy(program)).toEqual(["Request", "URL"]);
  });

  it.each([...slow, ...others])("would be reported: %s", async (name) => {
    expect(await touchedBy(`typeof ${name};`)).toEqual([name]);
  });
});
