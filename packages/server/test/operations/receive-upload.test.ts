import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { InterruptedUploadError, receiveUpload } from "../../src/operations/imports/receive-upload.ts";

const IDLE_MS = 30_000;

// Fake timers replace only the global functions.
vi.mock("node:timers", () => ({
  setTimeout: (callback: () => void, ms: number) => globalThis.setTimeout(callback, ms),
  clearTimeout: (timer: NodeJS.Timeout) => globalThis.clearTimeout(timer),
}));

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("the body of an upload", () => {
  it("is destroyed if no data arrives within the timeout", async () => {
    const body = new Readable({ read() {} });
    const pieces = receiveUpload(body, 10, IDLE_MS);
    body.push("email");
    await pieces.next();
    const next = pieces.next();
    const rejection = expect(next).rejects.toThrow(InterruptedUploadError);
    await vi.advanceTimersByTimeAsync(IDLE_MS - 1);
    expect(body.destroyed).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await rejection;
    expect(body.destroyed).toBe(true);
  });

  it("does not time out while a slow disk holds it up", async () => {
    const body = new Readable({ read() {} });
    const pieces = receiveUpload(body, 10, IDLE_MS);
    body.push("email");
    await pieces.next();
    await vi.advanceTimersByTimeAsync(10 * IDLE_MS);
    body.push("\nada@");
    body.push(null);
    expect(String((await pieces.next()).value)).toBe("\nada@");
    expect((await pieces.next()).done).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });
});
