import { expect, it, onTestFinished } from "vitest";
import { version } from "../../src/generated/version.ts";
import { recordingServer } from "../recording-server.ts";
import { memory } from "./memory.ts";

it("names the command in the header User-Agent of its requests", async () => {
  const server = await recordingServer();
  onTestFinished(() => void server.close());
  server.respondWith({ status: 200, body: { profiles: [], meta: { key: "profiles", pageSize: 50 } } });
  const environment = {
    MEMORY_BASE_URL: server.url,
    MEMORY_STORE_ID: "mem_store_00000000000000000000000000",
    TWILIO_API_KEY: "SKkey",
    TWILIO_API_SECRET: "s3cret",
  };
  expect(await memory(["profile", "list"], { environment })).toEqual({ code: 0, stdout: "", stderr: "" });
  expect(server.requests.map(({ headers }) => headers["user-agent"])).toEqual([
    `memory-cli/${version} memory-api-client/${version} node/${process.versions.node}`,
  ]);
});
