import { openapi } from "@memory-api/spec";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Contract } from "../../src/contract/contract.ts";
import type { ConformanceEvent } from "../../src/events.ts";
import { toCurl } from "../../src/findings/curl.ts";
import { jsonOf } from "../../src/http/exchange.ts";
import { UnreachableError } from "../../src/http/http-connection.ts";
import { type RunOptions, runConformance } from "../../src/run/run-conformance.ts";
import { verdictOf } from "../../src/run/verdict.ts";
import { createPerson } from "../../src/scenarios/people.ts";
import type { Phase, Scenario } from "../../src/scenarios/scenario.ts";
import type { Session } from "../../src/scenarios/session.ts";
import { startFaultyProxy } from "../support/faulty-proxy.ts";
import { paste } from "../support/paste.ts";
import { type StartedServer, startServer } from "../support/start-server.ts";

let server: StartedServer;
let faulty: Awaited<ReturnType<typeof startFaultyProxy>>;
beforeAll(async () => {
  server = await startServer();
  // Every profile that is read has an undocumented status, and repeats the credentials.
  faulty = await startFaultyProxy(server.target, async (request, forward) => {
    const response = await forward();
    if (request.method !== "GET" || !request.target.includes("/Profiles/mem_profile_")) return response;
    return response.withStatus(418).withBody(`{"echo":"${server.target.account.password}"}`);
  });
});
afterAll(async () => {
  await faulty?.stop();
  await server?.stop();
});

const phaseOf = (name: string, ...scenarios: readonly Scenario[]): Phase => ({
  name,
  title: name,
  concurrency: 1,
  scenarios: () => scenarios,
});
const list = (name: string): Scenario => ({
  name,
  isWriting: false,
  run: async (session) => {
    await session.send("listProfiles");
  },
});
const profile: Scenario = {
  name: "smoke/profile",
  isWriting: true,
  run: async (session) => {
    const { email } = session.person();
    const { response } = await session.send("createProfile", { body: { traits: { Contact: { email } } } });
    await session.send("fetchProfile", { path: { profileId: String(Object(jsonOf(response)).id) } });
  },
};
const smoke = phaseOf("smoke", list("smoke/listProfiles"), profile);
const run = (options: Partial<RunOptions> = {}) =>
  runConformance({ target: server.target, phases: [smoke], ...options });

describe("a run that tests too little", () => {
  it("sends no request to another origin, which an upload URL can name, unless the target allows it", async () => {
    const elsewhere: Scenario = {
      name: "elsewhere",
      isWriting: false,
      run: async (session) => {
        await session.sendRaw({ method: "GET", url: `${faulty.target.baseUrl}/health`, headers: {} });
      },
    };
    const phases = [phaseOf("uploads", elsewhere)];
    const kept = await runConformance({ target: server.target, phases });
    expect(kept).toMatchObject({ requests: 0, notRun: [{ scenario: "elsewhere" }] });
    expect(kept.notRun[0]?.reason).toContain(faulty.target.baseUrl);
    const allowed = await runConformance({ target: { ...server.target, allowsOtherOrigins: true }, phases });
    expect(allowed).toMatchObject({ requests: 1, notRun: [] });
  });

  it("has no scenario", async () => {
    const report = await run({ phases: [phaseOf("empty")] });
    expect(report.notRun).toEqual([
      { phase: "empty", scenario: "empty", reason: "the phase has no scenario for this target and profile" },
    ]);
    expect(verdictOf(report)).toEqual({ exitCode: 2, reasons: ["No scenario ran, so nothing was tested."] });
  });

  it("names a phase without a scenario, next to others", async () => {
    const report = await run({ phases: [phaseOf("empty"), phaseOf("one", list("one/list"))] });
    expect(report.notRun.map(({ phase }) => phase)).toEqual(["empty"]);
    expect(verdictOf(report).exitCode).toBe(0);
  });

  it("selects a name that does not exist, next to one that does", async () => {
    const report = await run({ only: ["smoke/listProfiles", "smoke/nothing"] });
    expect(report.scenarios).toBe(1);
    expect(verdictOf(report)).toEqual({
      exitCode: 2,
      reasons: ['"only" contains smoke/nothing, which matches no phase or scenario of this run. The phases are smoke.'],
    });
  });

  it("skips a name that does not exist", async () => {
    const report = await run({ skip: ["smok/profile"] });
    expect(verdictOf(report).reasons[0]).toContain('"skip" contains smok/profile');
    expect(verdictOf(await run({ skip: ["smoke/profile"] })).exitCode).toBe(0);
  });

  it("skips everything", async () => {
    expect(verdictOf(await run({ skip: ["smoke"] })).exitCode).toBe(2);
  });

  it("may not send enough requests to confirm what it saw", async () => {
    const report = await run({ target: faulty.target, only: ["smoke/profile"], maxRequests: 2 });
    expect(report.findings).toEqual([]);
    expect(verdictOf(report)).toMatchObject({
      exitCode: 2,
      reasons: [
        expect.stringMatching(
          /^smoke\/profile failed \(.*\), but could not be repeated\. The limit of 2 requests is reached\.$/,
        ),
        expect.any(String),
      ],
    });
  });

  it("never reaches the implementation, which the report says before the error is thrown", async () => {
    const proxy = await startFaultyProxy(server.target, (_, forward) => forward());
    const ends: Scenario = {
      name: "two/ends",
      isWriting: false,
      run: async (session) => {
        await proxy.stop();
        await session.send("listProfiles");
      },
    };
    const events: ConformanceEvent[] = [];
    const phases = [phaseOf("two", ends)];
    const listeners = [(event: ConformanceEvent) => events.push(event)];
    await expect(run({ target: proxy.target, phases, listeners })).rejects.toThrow(UnreachableError);
    const last = events.at(-1);
    expect(last?.type === "ended" && verdictOf(last.report)).toMatchObject({
      exitCode: 2,
      reasons: [expect.stringMatching(/^GET http:\/\/127\.0\.0\.1:\d+\/v1\/Stores\/.*: ./)],
    });
  });
});

describe("an implementation that ends during the run", () => {
  const lastOf = async (beforeEnd: (session: Session) => Promise<void>) => {
    const proxy = await startFaultyProxy(faulty.target, (_, forward) => forward());
    const ends: Scenario = {
      name: "two/ends",
      isWriting: true,
      run: async (session) => {
        await beforeEnd(session);
        await proxy.stop();
        await session.send("listProfiles");
      },
    };
    return run({ target: proxy.target, phases: [smoke, phaseOf("two", ends)] });
  };

  it("keeps the findings until then, and fails the run", async () => {
    const report = await lastOf(async () => {});
    expect(report.findings.map(({ code }) => code)).toEqual(["invalid-error-body", "undocumented-status"]);
    expect(report.problems).toEqual([expect.stringMatching(/^GET http:\/\/127\.0\.0\.1:\d+\/v1\/Stores\/.*: ./)]);
    expect(verdictOf(report).exitCode).toBe(1);
  });

  it("names what could not be confirmed", async () => {
    const report = await lastOf(async (session) => {
      await createPerson(session);
    });
    expect(report.problems[0]).toMatch(
      /^two\/ends failed \(invalid-error-body · fetchProfile, expected .*, received .*\), but could not be repeated\. /,
    );
    expect(report.problems[0]).not.toContain(server.target.account.password);
  });
});

describe("a contract that cannot be checked", () => {
  const changed = (change: (content: Record<string, unknown>) => void) => {
    const document = structuredClone(openapi);
    const response = Object(document.components?.responses?.["Unauthorized"]);
    change(response.content);
    return () => new Contract(document);
  };

  it("is rejected if no check validates a media type", () => {
    const mistake = changed((content) => {
      content["text/csv"] = { schema: { type: "string" } };
    });
    expect(mistake).toThrow("No check validates a body of text/csv at /components/responses/Unauthorized");
  });

  it("is rejected if a body has no schema", () => {
    const mistake = changed((content) => {
      content["application/json"] = {};
    });
    expect(mistake).toThrow("No check validates a body of application/json");
  });

  it("is rejected if a schema does not compile", () => {
    const mistake = changed((content) => {
      content["application/json"] = { schema: { $ref: "#/components/schemas/NoSuchSchema" } };
    });
    expect(mistake).toThrow("NoSuchSchema");
  });
});

describe("a finding", () => {
  it("has its line in the contract, a short sequence and no credentials", async () => {
    const report = await run({ target: faulty.target });
    const [finding] = report.findings;
    expect(report.findings).toHaveLength(2);
    expect(finding).toMatchObject({ code: "invalid-error-body", operationId: "fetchProfile" });
    expect(finding?.line).toBeGreaterThan(1);
    expect(finding?.exchanges.map(({ request }) => request.method)).toEqual(["POST", "GET"]);
    const text =
      JSON.stringify(report) +
      Buffer.concat(report.findings.flatMap(({ exchanges }) => exchanges.map(({ response }) => response.body)));
    expect(text).not.toContain(server.target.account.password);
    expect(text).toContain("$MEMORY_PASSWORD");
  });
});

describe("another success than the expected one", () => {
  it("is an undocumented status, and no rejection", async () => {
    const proxy = await startFaultyProxy(server.target, async (request, forward) => {
      const response = await forward();
      return request.method === "POST" ? response.withStatus(200) : response;
    });
    const creates: Scenario = {
      name: "creates/one",
      isWriting: true,
      run: async (session) => {
        await createPerson(session);
      },
    };
    const report = await run({ target: proxy.target, phases: [phaseOf("creates", creates)] });
    await proxy.stop();
    expect(report.findings.map(({ code }) => code)).toEqual(["undocumented-status"]);
  });
});

describe("the curl commands of a finding", () => {
  it("show it again", async () => {
    const { findings } = await run({ target: faulty.target });
    const finding = findings.find(({ code }) => code === "undocumented-status");
    const output = await paste(toCurl(finding?.exchanges ?? []));
    expect(output).toContain("HTTP/1.1 418");
    expect(
      await paste(toCurl(finding?.exchanges ?? []).replaceAll(faulty.target.baseUrl, server.target.baseUrl)),
    ).toContain("HTTP/1.1 200");
  });
});

describe("the curl commands of a finding that only new people show", () => {
  it("show it each time that they are pasted", async () => {
    const known = new Set<string>();
    const proxy = await startFaultyProxy(server.target, async ({ method, json }, forward) => {
      const response = await forward();
      const email = JSON.stringify(Object(Object(Object(json).traits)).Contact);
      const isNew = method === "POST" && !known.has(email);
      known.add(email);
      return isNew ? response.withStatus(418) : response;
    });
    const creates: Scenario = {
      name: "creates/one",
      isWriting: true,
      run: async (session) => {
        const { email, phone } = session.person();
        const spelled = `(${phone.slice(2, 5)}) ${phone.slice(5, 8)}-${phone.slice(8)}`;
        await session.send("createProfile", { body: { traits: { Contact: { email, phone: spelled } } } });
      },
    };
    const { findings } = await run({ target: proxy.target, phases: [phaseOf("creates", creates)] });
    const script = toCurl(findings[0]?.exchanges ?? [], findings[0]?.people);
    const outputs = [await paste(script), await paste(script)];
    const unchanged = await paste(toCurl(findings[0]?.exchanges ?? []));
    await proxy.stop();
    expect(outputs).toEqual([expect.stringContaining("HTTP/1.1 418"), expect.stringContaining("HTTP/1.1 418")]);
    expect(unchanged).toContain("HTTP/1.1 202");
    expect(script.split("\n")).toHaveLength(2);
  });
});

describe("an expected failure", () => {
  const entry = (code: string) => ({ code, operation: "fetchProfile", reason: "known", since: "2026-01-31" });
  const known = [entry("undocumented-status"), entry("invalid-error-body")];

  it("does not fail the run if it occurs", async () => {
    const report = await run({ target: faulty.target, expectedFailures: known });
    expect(report.findings).toEqual([]);
    expect(report.expectedFailures.map(({ code }) => code)).toEqual(["invalid-error-body", "undocumented-status"]);
    expect(verdictOf(report).exitCode).toBe(0);
  });

  it("fails the run if it does not occur", async () => {
    const report = await run({ expectedFailures: known });
    expect(report.passedExpectedFailures).toEqual(known);
    expect(verdictOf(report)).toEqual({
      exitCode: 1,
      reasons: known.map(({ code }) => `The expected failure ${code} of fetchProfile did not occur. Remove its entry.`),
    });
  });

  it("is not judged if only a part of the scenarios was selected", async () => {
    expect((await run({ expectedFailures: known, only: ["smoke"] })).passedExpectedFailures).toEqual([]);
    expect((await run({ expectedFailures: known, maxRequests: 1 })).passedExpectedFailures).toEqual([]);
  });
});

describe("the coverage", () => {
  it("is the same for the same seed, and fails the run if it is too low", async () => {
    const options = { seed: 1, minCoverage: 99 };
    const [first, second] = [await run({ ...options, runId: "a" }), await run({ ...options, runId: "b" })];
    expect(first.coverage).toEqual(second.coverage);
    expect(first.coverage.percent).toBeGreaterThan(0);
    expect(verdictOf(first)).toEqual({
      exitCode: 1,
      reasons: [`The coverage is ${first.coverage.percent} %, below the minimum of 99 %.`],
    });
  });
});
