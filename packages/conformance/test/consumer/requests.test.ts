import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ContractViolationError } from "../../src/consumer/contract-violation-error.ts";
import { createUsage, type Usage } from "../../src/consumer/usage.ts";
import { authorization, json, profilesUrl, returns, sandbox, traits } from "./sandbox-fetch.ts";

let usage: Usage;
beforeEach(() => {
  usage = createUsage({ onFinding: "collect" });
});
afterEach(() => usage.close());

/** The findings of one request, without the parts that are the same for each. */
async function findingsOf(url: string, init: RequestInit, send = returns(202, '{"message":"ok"}')) {
  await usage.wrap(send)(url, init);
  return usage.findings.map(({ code, expected, received }) => ({ code, expected, received }));
}

const get = (query: string, headers: Record<string, string> = { Authorization: authorization }) =>
  findingsOf(
    `${profilesUrl}${query}`,
    { headers },
    returns(200, '{"profiles":[],"meta":{"key":"profiles","pageSize":50}}'),
  );
const patch = (body: RequestInit["body"], headers: Record<string, string> = json) =>
  findingsOf(`${profilesUrl}/mem_profile_00000000000000000000000000`, { method: "PATCH", headers, body: body ?? null });

describe("a request of a consumer", () => {
  it("that keeps the contract has no finding", async () => {
    expect(await get("?pageSize=20&orderBy=ASC", { ...json, traceparent: "00-1", "X-Request-Id": "1" })).toEqual([]);
    expect(await patch("{}")).toEqual([]);
    expect(usage.manifest().operations["patchProfileTraits"]?.requestBody).toEqual([]);
    expect(await patch(JSON.stringify({ traits: { Contact: { phone: null } } }))).toEqual([]);
  });

  it("to an unknown path is found", async () => {
    expect(await findingsOf(`${sandbox.url}/v1${new URL(profilesUrl).pathname}`, {}, returns(200, null))).toMatchObject(
      [{ code: "unknown-operation", received: expect.stringContaining("GET /v1/v1/Stores") }],
    );
  });

  it("with an unknown method is found, and a literal path takes precedence", async () => {
    expect(await findingsOf(`${profilesUrl}/Bulk`, {}, returns(200, null))).toMatchObject([
      { code: "unknown-operation", expected: "PUT for this path" },
    ]);
  });

  it.each([
    [
      "?pagesize=20",
      "unknown-query-parameter",
      "one of orderBy, pageSize, pageToken (did you mean pageSize?)",
      "pagesize",
    ],
    ["?filter=x", "unknown-query-parameter", "one of orderBy, pageSize, pageToken", "filter"],
    ["?pageSize=0", "invalid-request-parameter", "pageSize must be >= 1", "pageSize=0"],
    ["?pageSize=", "invalid-request-parameter", "pageSize must be integer", "pageSize="],
    ["?pageSize=1&pageSize=2", "invalid-request-parameter", "pageSize once", "2 times"],
    [
      "?orderBy=desc",
      "invalid-request-parameter",
      "orderBy must be equal to one of the allowed values",
      "orderBy=desc",
    ],
  ])("with the query %s is found", async (query, code, expected, received) => {
    expect(await get(query)).toEqual([{ code, expected, received }]);
  });

  it("with a malformed path parameter is found", async () => {
    expect(await findingsOf(`${profilesUrl}/42`, { headers: json }, returns(404, null))).toMatchObject([
      { code: "invalid-request-parameter", received: "profileId=42" },
      { code: "invalid-error-body" },
      { code: "wrong-media-type" },
    ]);
  });

  it("with an unknown header is found, unless it is allowed", async () => {
    const headers = { Authorization: authorization, Acept: "application/json", "X-Team": "shop" };
    expect(await get("", headers)).toEqual([
      {
        code: "unknown-request-header",
        expected: "a header of the contract or of HTTP (did you mean accept?)",
        received: "acept",
      },
      { code: "unknown-request-header", expected: "a header of the contract or of HTTP", received: "x-team" },
    ]);
    usage.close();
    usage = createUsage({ onFinding: "collect", allowedHeaders: ["X-Team", "Acept"] });
    expect(await get("", headers)).toEqual([]);
  });

  it.each([
    ["no credentials", {}, "no Authorization"],
    ["another scheme", { Authorization: "Bearer abc" }, "the scheme Bearer"],
  ])("with %s is found", async (_, headers, received) => {
    expect(await get("", headers)).toEqual([
      { code: "invalid-request-credentials", expected: "HTTP Basic authentication", received },
    ]);
  });

  it.each([
    [
      { trait: {} },
      "the body must have no property trait (did you mean traits?)",
      '{"trait":{}}',
      "PatchProfileTraitsRequest",
    ],
    [
      { traits: { Contact: { tags: [[1]] } } },
      "/traits/Contact/tags/0 must be string,number,boolean",
      "[1]",
      "TraitScalar",
    ],
    [{ traits: [] }, "/traits must be object", "[]", "TraitsPatch"],
  ])("with the body %j is found, with the place of its schema", async (body, expected, received, component) => {
    expect(await patch(JSON.stringify(body))).toEqual([{ code: "invalid-request-body", expected, received }]);
    const source = { kind: "contract", pointer: `/components/schemas/${component}` };
    expect(usage.findings).toMatchObject([{ source }]);
  });

  it("with a body that is not JSON is found", async () => {
    expect(await patch("{")).toEqual([{ code: "invalid-request-body", expected: "valid JSON", received: "{" }]);
  });

  it("with another media type, or without a body, is found", async () => {
    expect(await patch("{}", { Authorization: authorization })).toMatchObject([
      { code: "wrong-request-media-type", expected: "Content-Type: application/json", received: "text/plain" },
    ]);
    expect((await patch(null)).at(-1)).toMatchObject({ code: "wrong-request-media-type", received: "no body" });
  });

  it("may be a Request, a stream or bytes, and arrives unchanged", async () => {
    const body = JSON.stringify({ traits });
    const streamed = { method: "POST", headers: json, body: new Blob([body]).stream(), duplex: "half" };
    const requests: [string | Request, RequestInit?][] = [
      [new Request(profilesUrl, { method: "POST", headers: json, body })],
      [profilesUrl, { method: "POST", headers: json, body: new TextEncoder().encode(body) }],
      [profilesUrl, streamed],
    ];
    for (const [input, init] of requests) {
      expect((await usage.wrap(sandbox.fetch)(input, init)).status).toBe(202);
    }
    expect(usage.findings).toEqual([]);
    expect(usage.manifest().operations["createProfile"]?.requestBody).toEqual(["/traits/*/*"]);
  });

  it("is sent unchecked if it is ignored", async () => {
    usage.close();
    usage = createUsage({ onFinding: "collect", ignore: ({ url }) => url.pathname === "/other" });
    expect(await findingsOf(`${sandbox.url}/other`, {}, returns(200, null))).toEqual([]);
  });

  it("may have the prefix of a gateway", async () => {
    usage.close();
    usage = createUsage({ onFinding: "collect", basePath: "/memory" });
    const { pathname } = new URL(profilesUrl);
    const list = returns(200, '{"profiles":[],"meta":{"key":"profiles","pageSize":50}}');
    expect(await findingsOf(`https://gateway.example.com/memory${pathname}`, { headers: json }, list)).toEqual([]);
    expect(await findingsOf(`https://gateway.example.com/client${pathname}`, { headers: json }, list)).toHaveLength(1);
  });
});

describe("an upload", () => {
  const upload = `${sandbox.url}/uploads/mem_import_01kkbk0tfteqn89st3b7v4f5y8?token=1773138600.204800.secret`;

  it("passes its body on without reading it", async () => {
    const reads: number[] = [];
    const body = new ReadableStream({
      pull(controller) {
        reads.push(1);
        controller.close();
      },
    });
    const received: unknown[] = [];
    const send: typeof fetch = async (_, init) => {
      received.push(init?.body);
      return new Response(null, { status: 200 });
    };
    const before = reads.length;
    const streamed = { method: "PUT", headers: { "Content-Type": "text/csv" }, body, duplex: "half" };
    await usage.wrap(send)(upload, streamed);
    expect(received).toEqual([body]);
    expect(received[0]).toBe(body);
    expect(body.locked).toBe(false);
    expect(reads.length - before).toBeLessThanOrEqual(1); // the stream itself fills its queue
    expect(usage.findings.map(({ code }) => code)).toEqual([]);
  });

  it("with credentials or another media type is found, and the finding does not contain the token", async () => {
    const init = { method: "PUT", headers: json, body: "email\n" };
    expect(await findingsOf(upload, init, returns(200, null))).toMatchObject([
      { code: "invalid-request-credentials", expected: "no Authorization" },
      { code: "wrong-request-media-type", expected: "Content-Type: text/csv" },
    ]);
    expect(() => usage.assertNoFindings()).toThrow("/uploads/mem_import_01kkbk0tfteqn89st3b7v4f5y8?…'");
    expect(JSON.stringify(usage.findings)).not.toContain("secret");
  });

  it("to a URL of object storage is recognized by the response that contained it", async () => {
    const url = "https://bucket.example.com/object.txt?Signature=abc";
    const columnMappings = ["email", "firstName"].map((name) => ({
      columnName: name,
      traitGroup: "Contact",
      traitName: name,
    }));
    const init = {
      method: "POST",
      headers: json,
      body: JSON.stringify({ filename: "a.csv", fileSize: 6, columnMappings }),
    };
    const created = JSON.stringify({ importId: "mem_import_01kkbk0tfteqn89st3b7v4f5y8", url });
    await usage.wrap(returns(201, created))(`${profilesUrl}/Imports`, init);
    await usage
      .wrap(returns(200, null, { ETag: "1" }))(url.replace("bucket", "127.0.0.1:1"), {
        method: "PUT",
        headers: { "Content-Type": "text/csv" },
        body: "email\n",
      })
      .catch(() => {});
    await usage.wrap(returns(200, null))(url, {
      method: "PUT",
      headers: { "Content-Type": "text/csv" },
      body: "email\n",
    });
    expect(usage.findings).toEqual([]);
    expect(usage.manifest().operations["uploadImportFile"]).toEqual({
      parameters: [],
      requestBody: [],
      responses: { "200": { headers: [], reads: [] } },
    });
  });
});

describe("a finding", () => {
  it("names the code, the line of the contract and a curl command, and no secret", async () => {
    await get("?pagesize=1");
    const thrown = caught(() => usage.assertNoFindings());
    expect(thrown).toBeInstanceOf(ContractViolationError);
    expect(String(thrown).split("\n")).toEqual([
      "ContractViolationError: unknown-query-parameter: A request has a query parameter that the contract does not have",
      "  operation listProfiles",
      "  expected  one of orderBy, pageSize, pageToken (did you mean pageSize?)",
      "  received  pagesize",
      expect.stringMatching(
        /^ {2}contract {2}@memory-api\/spec\/openapi\.yaml:\d+ \/paths\/~1v1~1Stores~1{storeId}~1Profiles\/get$/,
      ),
      "  blame     consumer",
      `  reproduce curl --include --request GET --user "$MEMORY_USER:$MEMORY_PASSWORD" '${profilesUrl}?pagesize=1'`,
    ]);
    expect(JSON.stringify(usage.findings)).not.toContain(authorization);
  });

  it("is thrown by fetch by default, before the request is sent, and again at the end, because the consumer may catch it", async () => {
    usage.close();
    usage = createUsage();
    let sent = 0;
    const send: typeof fetch = async () => {
      sent++;
      return new Response();
    };
    const call = usage.wrap(send)(`${profilesUrl}?pagesize=1`, { headers: json });
    await expect(call).rejects.toThrow(ContractViolationError);
    expect(sent).toBe(0);
    expect(() => usage.assertNoFindings()).toThrow("unknown-query-parameter");
    expect(() => usage.assertNoFindings()).not.toThrow();
    expect(usage.findings).toHaveLength(1);
  });

  it("is reported once, however often it occurs", async () => {
    await get("?pagesize=1");
    await get("?pagesize=1");
    expect(usage.findings).toMatchObject([{ code: "unknown-query-parameter", occurrences: 2 }]);
  });
});

function caught(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}
