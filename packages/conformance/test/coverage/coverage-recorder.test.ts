import type { OperationId } from "@memory-api/types";
import { describe, expect, it } from "vitest";
import { Contract } from "../../src/contract/contract.ts";
import { summarize } from "../../src/coverage/coverage.ts";
import { CoverageRecorder } from "../../src/coverage/coverage-recorder.ts";

const contract = new Contract();
const PROFILES = "/v1/Stores/mem_store_00000000000000000000000000/Profiles";

interface Sent {
  readonly path?: string;
  readonly status?: number;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

function record(id: OperationId, sent: readonly Sent[]) {
  const recorder = new CoverageRecorder(contract);
  for (const { path = PROFILES, status = 200, type = "application/json", headers = {}, body } of sent) {
    recorder.record(id, {
      request: {
        method: contract.operation(id).method,
        url: `http://127.0.0.1:1/base${path}`,
        headers,
        ...(body !== undefined && { body }),
      },
      response: { status, headers: { "content-type": [type] }, body: Buffer.from("{}") },
      ms: 1,
    });
  }
  const coverage = recorder.result();
  const operation = coverage.operations.find(({ operationId }) => operationId === id);
  if (operation === undefined) throw new Error(`${id} has no coverage.`);
  return { coverage, operation };
}

describe("the coverage of an operation", () => {
  it("lists every documented response, and what would cause those that were not received", () => {
    const { operation, coverage } = record("listProfiles", [
      {},
      { status: 400 },
      { status: 418 },
      { type: "text/html" },
    ]);
    expect(operation.requests).toBe(4);
    const counts = Object.fromEntries(operation.responses.map(({ status, count }) => [status, count]));
    expect(counts).toEqual({ 200: 1, 400: 1, 401: 0, 403: 0, 404: 0, 429: 0, 500: 0, 503: 0 });
    const missing = coverage.notProvoked.filter(({ operationId }) => operationId === "listProfiles");
    expect(missing.map(({ status }) => status)).toEqual(["401", "403", "404", "429", "500", "503"]);
    for (const { provokedBy } of coverage.notProvoked) expect(provokedBy).not.toMatch(/undefined|^$/);
  });

  it("knows what would cause each response of the contract", () => {
    const { notProvoked } = new CoverageRecorder(contract).result();
    const documented = [...contract.operations.values()].flatMap(({ responses }) => Object.keys(responses));
    expect(notProvoked).toHaveLength(documented.length);
  });

  it("counts valid and invalid values of each parameter", () => {
    const { operation } = record("listProfiles", [
      { path: `${PROFILES}?pageSize=10&orderBy=ASC` },
      { path: `${PROFILES}?pageSize=0&pageSize=ten&orderBy=asc&pageSize=` },
      { path: "/v1/Stores/mem_store_%20/Profiles" },
    ]);
    expect(operation.parameters).toEqual([
      { name: "storeId", in: "path", valid: 2, invalid: 1 },
      { name: "pageSize", in: "query", valid: 1, invalid: 3 },
      { name: "pageToken", in: "query", valid: 0, invalid: 0 },
      { name: "orderBy", in: "query", valid: 1, invalid: 1 },
    ]);
  });

  it("counts a required parameter that is missing as invalid", () => {
    const path = "/uploads/mem_import_01h455vb4pex5vsknk084sn02q";
    const { operation } = record("uploadImportFile", [{ path, status: 403 }]);
    expect(operation.parameters).toEqual([
      { name: "importId", in: "path", valid: 1, invalid: 0 },
      { name: "token", in: "query", valid: 0, invalid: 1 },
    ]);
  });

  it("counts media types, and the keywords of a JSON body", () => {
    const json = { "content-type": "application/json; charset=utf-8" };
    const { operation } = record("createProfile", [
      { headers: json, body: '{"traits":{"Contact":{"email":"a@example.com"}}}' },
      { headers: json, body: '{"traits":1,"more":2}' },
      { headers: json, body: "{not json" },
      { headers: { "Content-Type": "text/plain" }, body: '{"traits":{}}' },
    ]);
    expect(operation.mediaTypes).toEqual([{ mediaType: "application/json", valid: 3, invalid: 1 }]);
    const keyword = (pointer: string) => operation.keywords.find((each) => each.pointer.endsWith(pointer));
    expect(keyword("/CreateProfileRequest/additionalProperties")).toMatchObject({ valid: 1, invalid: 1 });
    expect(keyword("/Traits/type")).toMatchObject({ valid: 1, invalid: 1 });
    expect(keyword("/Traits/maxProperties")).toMatchObject({ valid: 1, invalid: 0 });
  });

  it("does not count the values of a request that an earlier check rejected", () => {
    const headers = { "Content-Type": "application/json" };
    const { operation } = record("createProfile", [{ headers, body: "{}", status: 401 }]);
    expect(operation.parameters.every(({ valid, invalid }) => valid + invalid === 0)).toBe(true);
    expect(operation.mediaTypes[0]).toMatchObject({ valid: 0, invalid: 0 });
    expect(operation.responses.find(({ status }) => status === "401")?.count).toBe(1);
  });
});

describe("the percentage", () => {
  it("counts each response once, and each rule twice", () => {
    const operation = {
      operationId: "listProfiles" as const,
      requests: 1,
      responses: [{ status: "200", count: 5 }],
      mediaTypes: [],
      parameters: [{ name: "pageSize", in: "query", valid: 3, invalid: 0 }],
      keywords: [{ keyword: "type", pointer: "", valid: 0, invalid: 0 }],
    };
    expect(summarize([operation])).toMatchObject({ covered: 2, total: 5, percent: 40 });
  });

  it("is rounded down, so that only a complete coverage is 100 %", () => {
    const responses = Array.from({ length: 3000 }, (_, at) => ({ status: String(at), count: at }));
    const operation = {
      operationId: "listProfiles" as const,
      requests: 1,
      responses,
      mediaTypes: [],
      parameters: [],
      keywords: [],
    };
    expect(summarize([operation]).percent).toBe(99.9);
  });
});
