import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { imports } from "../../src/phases/imports/imports.ts";
import { IMPORTS_CHECKS } from "../../src/phases/imports/imports-checks.ts";
import { runConformance } from "../../src/run/run-conformance.ts";
import type { Target } from "../../src/target.ts";
import { errorResponse } from "../support/errors.ts";
import { type Fault, startFaultyProxy } from "../support/faulty-proxy.ts";
import { type ProxiedRequest, ProxiedResponse, withJson } from "../support/proxied-messages.ts";
import { type StartedServer, startServer } from "../support/start-server.ts";
import { NUMBER_TRAIT, withNumberTrait } from "../support/with-number-trait.ts";

let server: StartedServer;
let target: Target;
beforeAll(async () => {
  server = await startServer({ configuration: withNumberTrait });
  target = { ...server.target, numberTrait: NUMBER_TRAIT, importWithinMs: 2000, eventualWithinMs: 200 };
});
afterAll(() => server?.stop());

const isCreate = ({ method, target }: ProxiedRequest) => method === "POST" && target.endsWith("/Imports");
const isList = ({ method, target }: ProxiedRequest) => method === "GET" && target.endsWith("/Imports");
const isFetch = ({ method, target }: ProxiedRequest) => method === "GET" && target.includes("/Imports/");
const isUpload = ({ method, target }: ProxiedRequest) => method === "PUT" && target.startsWith("/uploads/");
const reject = (status: number) => errorResponse(status);
const accepted = new ProxiedResponse(200);

/** Changes the import that is read. */
const reporting =
  (change: (json: Record<string, unknown>) => object): Fault =>
  async (request, forward) => {
    const response = await forward();
    return isFetch(request) && response.status === 200 ? withJson(response, change) : response;
  };

/** Accepts uploads that the server rejects with a status. */
const accepting =
  (...statuses: number[]): Fault =>
  async (request, forward) => {
    const response = await forward();
    return isUpload(request) && statuses.includes(response.status) ? accepted : response;
  };

/** Changes the bytes of a file, but not their number. */
const misreading =
  (change: (text: string) => string): Fault =>
  async (request, forward) =>
    isUpload(request) ? forward({ body: Buffer.from(change(request.body.toString())) }) : forward();

const complete = reporting((json) => (json["status"] === "FAILED" ? { ...json, status: "COMPLETED" } : json));

/** Each code, a scenario that finds it, and an implementation that breaks only this rule. */
const FAULTS: readonly (readonly [code: string, scenario: string, fault: () => Fault])[] = [
  ["import-rejected", "file-plain", () => async (request, forward) => (isCreate(request) ? reject(400) : forward())],
  ...["undeclared-trait", "undeclared-group", "repeated-trait", "no-identifier"].map(
    (name) =>
      [
        "invalid-mappings-accepted",
        `mappings-${name}`,
        (): Fault => async (request, forward) => {
          const response = await forward();
          if (!isCreate(request) || response.status !== 400) return response;
          const columnMappings = ["email", "city"].map((traitName) => ({
            ...{ columnName: traitName, traitGroup: "Contact", traitName },
          }));
          return forward({ body: JSON.stringify({ ...Object(request.json), columnMappings }) });
        },
      ] as const,
  ),
  ["import-not-found", "states", () => async (request, forward) => (isFetch(request) ? reject(404) : forward())],
  [
    "import-not-found",
    "list",
    () => async (request, forward) =>
      isList(request) ? withJson(await forward(), (json) => ({ ...json, imports: [] })) : forward(),
  ],
  [
    "imports-misordered",
    "list",
    () => async (request, forward) =>
      isList(request)
        ? withJson(await forward(), (json) => ({ ...json, imports: Array.from(Object(json["imports"])).reverse() }))
        : forward(),
  ],
  [
    "import-not-found",
    "list-bound",
    () => {
      const ids: string[] = [];
      return async (request, forward) => {
        const response = await forward();
        if (isCreate(request)) ids.push(String(Object(response.json).importId));
        return isList(request) ? withJson(response, (json) => ({ ...json, imports: ids.slice(0, 100) })) : response;
      };
    },
  ],
  ["import-misreported", "states", () => reporting((json) => ({ ...json, filename: "PEOPLE.CSV" }))],
  ["import-misreported", "states", () => reporting((json) => ({ ...json, updatedAt: "2001-01-01T00:00:00Z" }))],
  [
    "wrong-import-state",
    "states",
    () => reporting((json) => (json["status"] === "PENDING" ? { ...json, status: "PROCESSING" } : json)),
  ],
  [
    "import-not-finished",
    "states",
    () => reporting((json) => (json["status"] === "COMPLETED" ? { ...json, status: "PROCESSING" } : json)),
  ],
  ["upload-rejected", "file-plain", () => async (request, forward) => (isUpload(request) ? reject(403) : forward())],
  [
    "upload-rejected",
    "upload-charset",
    () => async (request, forward) =>
      isUpload(request) && request.header("content-type") !== "text/csv" ? reject(415) : forward(),
  ],
  ["upload-without-token-accepted", "upload-altered-token", () => accepting(403)],
  ["upload-without-token-accepted", "upload-no-token", () => accepting(403)],
  ["upload-without-token-accepted", "upload-token", () => accepting(403)],
  ["upload-without-token-accepted", "upload-empty-token", () => accepting(403)],
  [
    "upload-method-accepted",
    "upload-method",
    () => async (request, forward) =>
      request.target.startsWith("/uploads/") && !isUpload(request) ? reject(404) : forward(),
  ],
  ["upload-length-ignored", "upload-shorter", () => accepting(400)],
  ["upload-length-ignored", "upload-empty", () => accepting(400)],
  ["upload-length-ignored", "upload-longer", () => accepting(413)],
  [
    "upload-length-ignored",
    "upload-no-length",
    () => (request, forward) =>
      forward(request.withHeader("Transfer-Encoding", undefined).with({ body: request.body })),
  ],
  ["upload-media-type-ignored", "upload-json", () => accepting(415)],
  ["upload-media-type-ignored", "upload-no-media-type", () => accepting(415)],
  ["upload-coding-ignored", "upload-gzip", () => accepting(415)],
  [
    "upload-coding-ignored",
    "upload-gzip",
    () => async (_, forward) => (await forward()).withHeader("Accept-Encoding", undefined),
  ],
  [
    "upload-not-repeatable",
    "upload-shorter",
    () => {
      const seen = new Set<string>();
      return async (request, forward) => {
        if (!isUpload(request) || !seen.has(request.target)) {
          seen.add(request.target);
          return forward();
        }
        return reject(409);
      };
    },
  ],
  ["upload-repeated", "upload-twice", () => accepting(409)],
  ["upload-repeated", "upload-at-once", () => accepting(409)],
  [
    "upload-mixed-up",
    "upload-at-once",
    () => misreading((text) => text.replace(/Ada|Ben|Cyd/, (name) => (name === "Ada" ? "Ben" : "Ada"))),
  ],
  [
    "upload-rejected",
    "file-large",
    () => async (request, forward) => (request.body.length > 5 * 1024 * 1024 ? reject(413) : forward()),
  ],
  ["csv-misread", "file-spaces", () => misreading((text) => text.replace(" Ada ", "Ada  "))],
  ["csv-misread", "file-byte-order-mark", () => misreading((text) => text.replace("\uFEFF", "xxx"))],
  ["csv-misread", "file-crlf", () => misreading((text) => text.replaceAll("\r\n", "\r "))],
  ["csv-misread", "file-unicode", () => misreading((text) => text.replace("ë", "Ã"))],
  ["csv-misread", "file-quotes", () => misreading((text) => text.replace('""the', '"",""'))],
  ["csv-misread", "file-backslashes", () => misreading((text) => text.replace("A\\N", "   "))],
  ["csv-misread", "file-empty-cells", () => misreading((text) => text.replace(',""', ",\\N"))],
  ["csv-removal-ignored", "file-removal", () => misreading((text) => text.replace("\\N", "  "))],
  ["invalid-csv-accepted", "file-not-utf-8", () => complete],
  ["invalid-csv-accepted", "file-open-quote", () => complete],
  ["import-header-accepted", "file-missing-header", () => complete],
  ["import-header-accepted", "file-repeated-header", () => complete],
  ["import-row-misjudged", "file-no-identifier", () => misreading((text) => text.replace("Di", "Bo"))],
  ["import-row-misjudged", "file-wrong-width", () => misreading((text) => text.replace("Di", "Bo"))],
  ["unfit-cell-misjudged", "file-unfit-cell", () => misreading((text) => text.replace(",x\n", ",1\n"))],
  [
    "wrong-import-summary",
    "file-no-identifier",
    () =>
      reporting(({ summary, ...json }) => ({
        ...json,
        ...(summary !== undefined && { summary: { ...Object(summary), errors: 3 } }),
      })),
  ],
  ["import-error-limit", "file-100-errors", () => complete],
  [
    "import-row-order",
    "file-rows-in-order",
    () => misreading((text) => text.replace(/,3,/, ",#,").replace(/,4,/, ",3,").replace(/,#,/, ",4,")),
  ],
  [
    "import-row-differs-from-create",
    "file-merge",
    () => misreading((text) => (text.includes("+1") ? text.replace(/\+1\d{3}/, "+1310") : text)),
  ],
  [
    "import-row-differs-from-create",
    "file-existing-profile",
    () => async (request, forward) => {
      const response = await forward();
      const isProfile = request.method === "GET" && request.target.includes("/Profiles/mem_profile_");
      if (!isProfile || response.status !== 200) return response;
      return withJson(response, (json) => {
        const { lastName: _, ...contact } = Object(json["traits"]).Contact;
        return { ...json, traits: { Contact: contact } };
      });
    },
  ],
];

describe("the checks of imports", () => {
  it.each(FAULTS)("find %s in the scenario %s", async (code, scenario, fault) => {
    const proxy = await startFaultyProxy(target, fault());
    try {
      const options = { target: proxy.target, phases: [imports], seed: 1, profile: "full" } as const;
      const skip = scenario === "list" ? ["imports/list-bound"] : [];
      const report = await runConformance({ ...options, only: [`imports/${scenario}`], skip });
      expect(report.findings.map((finding) => finding.code)).toEqual([code]);
      expect(report.flaky).toEqual([]);
    } finally {
      await proxy.stop();
    }
  });

  it("are all among these", () => {
    expect(new Set(FAULTS.map(([code]) => code))).toEqual(new Set(IMPORTS_CHECKS.map(({ code }) => code)));
  });
});

describe("the phase of imports", () => {
  it("waits for the end of few imports if none ends", async () => {
    const fault = reporting((json) => ({ ...json, status: json["status"] === "PENDING" ? "PENDING" : "PROCESSING" }));
    const proxy = await startFaultyProxy({ ...target, importWithinMs: 500 }, fault);
    try {
      const { findings, notRun } = await runConformance({ target: proxy.target, phases: [imports], seed: 1 });
      expect(findings.map(({ code }) => code)).toEqual(["import-not-finished"]);
      expect(findings[0]?.occurrences).toBeLessThanOrEqual(imports.concurrency);
      expect(notRun.length).toBeGreaterThan(20);
      expect(notRun.every(({ reason }) => /did not end in time$/.test(reason))).toBe(true);
    } finally {
      await proxy.stop();
    }
  });

  it.each([
    "",
    "null",
    "[]",
    "{}",
    '{"importId":1,"url":2,"imports":3,"status":4,"createdAt":5,"summary":6,"id":7,"traits":8}',
    '{"importId":"x","url":"/x","imports":{},"status":null,"createdAt":null,"summary":null,"traits":{"Contact":null}}',
  ])("has findings, and throws nothing, if each successful response is %j", async (body) => {
    const fault: Fault = async (_, forward) => {
      const response = await forward();
      return response.status < 300 ? response.withBody(body) : response;
    };
    const proxy = await startFaultyProxy({ ...target, importWithinMs: 100 }, fault);
    try {
      const { findings } = await runConformance({ target: proxy.target, phases: [imports], seed: 1 });
      expect(findings.length).toBeGreaterThan(0);
    } finally {
      await proxy.stop();
    }
  });
});
