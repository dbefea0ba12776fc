import { describe, expect, it } from "vitest";
import { connectionErrorDetails } from "../src/connection/transmit.ts";

const context = { operationId: "fetchProfile", pathTemplate: "/v1", attempt: 2 } as const;
const sent = {
  url: "https://memory.example.com/v1/Stores?token=c0ffee",
  headers: { Authorization: "Bearer a-secret" },
};
const detailsOf = (thrown: unknown) => connectionErrorDetails(thrown, context, sent);
const failed = (message: string, cause?: unknown, own: object = {}) =>
  Object.assign(new TypeError(message, { cause }), own);

describe("the reason of a connection error", () => {
  it.each([
    ["the message", failed("socket hang up"), "socket hang up"],
    [
      "the message and that of the cause",
      failed("fetch failed", new Error("other side closed")),
      "fetch failed: other side closed",
    ],
    ["that of the cause, if there is no other", failed("", new Error("other side closed")), "other side closed"],
    [
      "that of the first address",
      new AggregateError([new Error("connect EHOSTUNREACH"), new Error("b")]),
      "connect EHOSTUNREACH",
    ],
    ["the message, if there are addresses too", new AggregateError([new Error("a")], "all failed"), "all failed"],
    ["the name, if there is no message", new AggregateError([]), "AggregateError"],
    ["a string", "offline", "offline"],
    ["nothing", undefined, "undefined"],
    [
      "the code after the message",
      failed("socket hang up", undefined, { code: "ECONNRESET" }),
      "socket hang up, ECONNRESET",
    ],
    ["the code of the cause", failed("fetch failed", { code: "UND_ERR" }, { code: "OTHER" }), "fetch failed, UND_ERR"],
    [
      "no code that the message contains",
      failed("read ECONNRESET", undefined, { code: "ECONNRESET" }),
      "read ECONNRESET",
    ],
    ["no code that is not a string", failed("socket hang up", undefined, { code: 7 }), "socket hang up"],
  ])("is %s", (_, thrown, reason) => {
    expect(detailsOf(thrown)).toMatchObject({ reason, operationId: "fetchProfile", attempts: 2 });
  });

  it.each([
    ["refused (https://a.example/file?token=c0ffee)", "refused (https://a.example/file?…)"],
    ["refused https://a.example/file?token=c0ffee: closed", "refused https://a.example/file?…: closed"],
    [
      'refused "https://a.example/?a=1", then https://b.example/?b=2',
      'refused "https://a.example/?…", then https://b.example/?…',
    ],
    ["refused https://a.example/?a=(1).x).", "refused https://a.example/?…)."],
    ["is it closed? yes", "is it closed? yes"],
  ])("contains no query of a URL: %s", (message, reason) => {
    expect(detailsOf(failed(message)).reason).toBe(reason);
  });

  it("contains no credentials", () => {
    expect(detailsOf(failed("no match for Bearer a-secret")).reason).toBe("no match for Bearer …");
  });
});

describe("the code of a connection error", () => {
  it.each([
    ["of the error", failed("a", undefined, { code: "ECONNRESET" }), "ECONNRESET"],
    ["of the cause, before that of the error", failed("a", { code: "UND_ERR" }, { code: "OTHER" }), "UND_ERR"],
    ["undefined, if it is a number", failed("a", undefined, { code: 7 }), undefined],
    ["undefined, if there is none", failed("a"), undefined],
  ])("is %s", (_, thrown, code) => {
    expect(detailsOf(thrown).code).toBe(code);
  });
});

describe("a request", () => {
  it.each([
    failed("connect ETIMEDOUT 192.0.2.1:443"),
    failed("getaddrinfo ENOTFOUND api.example.com"),
    failed("fetch failed", new Error("certificate has expired")),
    failed("fetch failed", { code: "UND_ERR_CONNECT_TIMEOUT" }),
    failed("Connection refused (os error 111)"),
    failed("Unable to connect", undefined, { code: "ConnectionRefused" }),
    failed("client error (Connect): dns error: no record"),
    failed("", { code: "ECONNREFUSED" }),
  ])("cannot have arrived after: %s", (thrown) => {
    expect(detailsOf(thrown).mayHaveArrived).toBe(false);
  });

  it.each([
    failed("disconnect event"),
    failed("socket hang up"),
    failed("connect event"),
    failed("read ECONNRESET"),
    undefined,
  ])("may have arrived after: %s", (thrown) => {
    expect(detailsOf(thrown).mayHaveArrived).toBe(true);
  });
});
