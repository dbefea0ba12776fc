import { describe, expect, it, vi } from "vitest";
import { uploadBody } from "../../src/imports/upload/upload-body.ts";

const text = "email,name\n";
const size = text.length;

/** Starts an upload of one piece in a runtime with these globals, and records what is read and reported. */
function start(globals: Record<string, unknown> = {}, blob?: Blob, isPlatform = true) {
  let pieces = 0;
  const loaded: number[] = [];
  async function* read() {
    pieces++;
    yield new TextEncoder().encode(text);
  }
  const content = { pieces: read(), size, blob, onLoaded: (bytes: number) => void loaded.push(bytes) };
  for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
  try {
    return { parts: uploadBody(content, isPlatform), loaded, pieces: () => pieces };
  } finally {
    vi.unstubAllGlobals();
  }
}

// packages/e2e uploads files from the runtimes themselves.
describe("the body of an upload", () => {
  it("is a stream in Node.js, which reads a piece only when the transport asks for it", async () => {
    const { parts, loaded, pieces } = start();
    const { body, headers } = await parts;
    await new Promise(setImmediate);
    expect([pieces(), headers]).toEqual([0, { "Content-Length": String(size) }]);
    expect(await new Response(body).text()).toBe(text);
    expect([pieces(), loaded]).toEqual([1, [0, size]]);
  });

  it("is a stream of fixed length in workerd", async () => {
    const sizes: number[] = [];
    class FixedLengthStream extends TransformStream {
      constructor(size: number) {
        super();
        sizes.push(size);
      }
    }
    const { parts, loaded } = start({ FixedLengthStream });
    expect(await new Response((await parts).body).text()).toBe(text);
    expect([sizes, loaded]).toEqual([[size], [0, size]]);
  });

  it("is a Blob in Deno, which has the size and streams the pieces", async () => {
    const { parts, loaded, pieces } = start({ Deno: {} });
    const { body } = await parts;
    if (!(body instanceof Blob)) throw new Error("The body is not a Blob.");
    expect([body.size, pieces()]).toEqual([size, 0]);
    expect(await new Response(body.stream()).text()).toBe(text);
    expect(loaded).toEqual([0, size]);
  });

  it.each([
    ["no process", undefined],
    ["a process without versions", {}],
  ])("is a Blob in a browser: one with %s", async (_, process) => {
    const blob = new Blob([text]);
    expect(await start({ process }, blob).parts).toEqual({ body: blob });
    const { body, ...others } = await start({ process }).parts;
    expect([await new Response(body).text(), others]).toEqual([text, {}]);
  });

  it("is sent by XMLHttpRequest in a browser that has it, unless the caller has a transport", async () => {
    const globals = { process: undefined, XMLHttpRequest: class {} };
    const blob = new Blob([text]);
    expect(await start(globals, blob, false).parts).toEqual({ body: blob });
    expect(await start(globals, blob, true).parts).toEqual({ body: blob, fetch: expect.any(Function) });
  });
});
