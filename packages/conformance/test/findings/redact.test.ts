import { describe, expect, it } from "vitest";
import { createRedactor } from "../../src/findings/redact.ts";
import type { Exchange } from "../../src/http/exchange.ts";
import { basic } from "../../src/scenarios/session.ts";

const PASSWORD = `canary "pass"/wörd+1`;
const account = { storeId: "mem_store_1", username: "SK1", password: PASSWORD };
const otherAccount = { storeId: "mem_store_2", username: "SK2", password: "canary-other" };
const redactor = createRedactor({ account, otherAccount });

function exchangeWith(text: string): Exchange {
  return {
    request: {
      method: "POST",
      url: `http://127.0.0.1/${encodeURIComponent(text)}`,
      headers: { Authorization: basic(account), "X-Other": [text, Buffer.from(text).toString("base64")] },
      body: JSON.stringify({ text }),
    },
    response: {
      status: 400,
      headers: { "x-echo": [text, basic(otherAccount)] },
      body: Buffer.concat([Buffer.from(`\xff ${text}`, "latin1"), Buffer.from(text), Buffer.from([0, 255])]),
    },
    ms: 1,
  };
}

describe("a redacted exchange", () => {
  it("contains no form of a password", () => {
    for (const password of [PASSWORD, otherAccount.password]) {
      const { request, response } = redactor.exchange(exchangeWith(password));
      const body = Buffer.from(response.body).toString("latin1") + Buffer.from(response.body).toString();
      const text = JSON.stringify({ request, headers: response.headers }) + body;
      expect(text.toLowerCase()).not.toContain("canary");
      expect(text).not.toContain(Buffer.from(password).toString("base64"));
      expect(text).not.toContain(Buffer.from(`SK2:${password}`).toString("base64"));
      expect(text).toMatch(/\$MEMORY_(?:OTHER_)?PASSWORD/);
    }
  });

  it("keeps everything else", () => {
    const exchange = exchangeWith("harmless");
    const { request, response } = redactor.exchange(exchange);
    expect(request).toEqual({
      ...exchange.request,
      headers: { ...exchange.request.headers, Authorization: "Basic $MEMORY_USER:$MEMORY_PASSWORD" },
    });
    expect(response.body).toEqual(exchange.response.body);
  });
});

describe("a redacted violation", () => {
  it("contains no password in what was expected and received", () => {
    const violation = redactor.violation({
      code: "x",
      expected: `not ${PASSWORD}`,
      received: `{"message":${JSON.stringify(PASSWORD)}}`,
      source: { kind: "contract", pointer: "" },
    });
    expect(violation).toMatchObject({
      expected: "not $MEMORY_PASSWORD",
      received: '{"message":"$MEMORY_PASSWORD"}',
    });
  });

  it("keeps ordinary words that are also a short password", () => {
    const short = createRedactor({ account: { ...account, password: "id" } });
    expect(short.text("an invalid id")).toBe("an invalid id");
    const { request } = short.exchange({
      ...exchangeWith("id"),
      request: { method: "GET", url: "/id", headers: { authorization: basic({ ...account, password: "id" }) } },
    });
    expect(request).toMatchObject({ url: "/id", headers: { authorization: "Basic $MEMORY_USER:$MEMORY_PASSWORD" } });
  });
});
