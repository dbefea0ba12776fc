import { describe, expect, it } from "vitest";
import { nodeResponse } from "../../src/transports/node-response.ts";

const response = (status: number, headers = {}) => nodeResponse(status, headers, async () => "");

describe("a response of Node.js", () => {
  it.each([
    [199, false],
    [200, true],
    [299, true],
    [300, false],
  ])("with the status %d is ok: %s", (status, ok) => {
    expect(response(status)).toMatchObject({ status, ok });
  });

  it("lists its headers, each cookie on its own, and none without a value", () => {
    const headers = { "x-one": "1", vary: ["a", "b"], "set-cookie": ["a=1", "b=2"], "x-none": undefined };
    expect([...Object(response(200, headers).headers)]).toEqual([
      ["x-one", "1"],
      ["vary", "a,b"],
      ["set-cookie", "a=1"],
      ["set-cookie", "b=2"],
    ]);
  });
});
