import { describe, expect, it, onTestFinished, vi } from "vitest";
import { uploadImportFile } from "../../src/openapi-fetch/index.ts";
import { connected, notFound, reset, server } from "./client-of-servers.ts";

describe("an upload", () => {
  const upload = (options = {}) => uploadImportFile(`${server.url}/bucket/a.csv?X-Signature=s`, "email\n", options);

  it("is sent to its unchanged URL without credentials", async () => {
    server.respondWith({ status: 200 });
    expect(await upload()).toMatchObject({ data: undefined, response: { status: 200 } });
    expect(server.requests).toMatchObject([{ method: "PUT", url: "/bucket/a.csv?X-Signature=s", body: "email\n" }]);
    expect(server.requests[0]?.headers).not.toHaveProperty("authorization");
  });

  it("has no credentials if it is sent through the client", async () => {
    server.respondWith({ status: 200 });
    const path = { importId: "mem_import_01kkbk0tfteqn89st3b7v4f5y8" } as const;
    await connected().client.PUT("/uploads/{importId}", {
      params: { path, query: { token: "t" } },
      body: "email\n",
      bodySerializer: String,
      headers: { "Content-Type": "text/csv" },
    });
    expect(server.requests[0]?.headers).not.toHaveProperty("authorization");
  });

  it("does not change braces in its URL, or its bytes", async () => {
    server.respondWith({ status: 200 });
    await uploadImportFile(`${server.url}/a.csv?sig={abc}`, new TextEncoder().encode("\uFEFFemail\n"));
    expect(server.requests[0]).toMatchObject({ url: "/a.csv?sig={abc}", headers: { "content-length": "9" } });
  });

  it("does not depend on the environment", async () => {
    vi.stubEnv("MEMORY_BASE_URL", "nowhere");
    onTestFinished(() => void vi.unstubAllEnvs());
    server.respondWith({ status: 200 });
    expect(await upload()).toMatchObject({ data: undefined });
  });

  it("returns an error that is not JSON as text, and one without a body as an error body", async () => {
    server.respondWith({ status: 403, body: "<Error>AccessDenied</Error>" });
    expect(await upload()).toMatchObject({ error: "<Error>AccessDenied</Error>" });
    server.respondWith({ status: 403 });
    expect(await upload()).toMatchObject({ error: { status: 403 } });
  });

  it("is retried after a reset, and returns the 409 of a file that has arrived", async () => {
    server.respondWith(reset, { status: 409, body: { ...notFound, code: 20409 } });
    const { connection } = connected();
    expect(await upload({ connection })).toMatchObject({ error: { code: 20409 }, response: { status: 409 } });
    expect(server.requests).toHaveLength(2);
  });

  it("takes its own time limits in place of those that its size requires", async () => {
    server.respondWith(() => {});
    await expect(upload({ timeout: 5, retry: false })).rejects.toMatchObject({ limit: "attempt", ms: 5 });
    await expect(upload({ deadline: 0 })).rejects.toMatchObject({ limit: "deadline", ms: 0 });
  });

  it("returns the error body of a rejection", async () => {
    server.respondWith({ status: 403, body: { code: 403, message: "expired", more_info: "i", status: 403 } });
    expect(await upload()).toMatchObject({ error: { code: 403 }, response: { status: 403 } });
  });

  it.each(["", "/uploads/x", "ftp://host/x"])("to %j is rejected before anything is sent", async (url) => {
    await expect(uploadImportFile(url, "email\n")).rejects.toMatchObject({
      name: "InvalidParameterError",
      parameter: "url",
    });
  });
});
