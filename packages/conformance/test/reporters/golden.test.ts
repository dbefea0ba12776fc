import { describe, expect, it } from "vitest";
import type { Listener } from "../../src/events.ts";
import { packageVersion } from "../../src/package-version.ts";
import { documentReporter, githubReporter } from "../../src/reporters/reporters.ts";
import { terminalReporter } from "../../src/reporters/terminal.ts";
import type { Report } from "../../src/run/report.ts";
import { EXPECTED, FINDINGS, HOSTILE, KEPT, REPORT, replay } from "../support/synthetic-run.ts";

function written(create: (write: (text: string) => void) => Listener, report?: Report): string {
  let output = "";
  const listener = create((text) => {
    output += text;
  });
  replay(listener, report);
  return output;
}

const terminal = (isTerminal: boolean, hasColors: boolean) => (write: (text: string) => void) =>
  terminalReporter({ write, isTerminal, hasColors });

// biome-ignore lint/suspicious/noControlCharactersInRegex: the characters that no report may contain
const CONTROL = /[\x00-\x08\x0b-\x1f\x7f\u202e\u2028]/;

describe("the report of a hostile implementation", () => {
  it.each([
    ["terminal.txt", terminal(false, false)],
    ["junit.xml", (write: (text: string) => void) => documentReporter("junit", write)],
    ["report.json", (write: (text: string) => void) => documentReporter("json", write)],
    ["report.sarif", (write: (text: string) => void) => documentReporter("sarif", write)],
    ["report.html", (write: (text: string) => void) => documentReporter("html", write)],
    ["annotations.txt", (write: (text: string) => void) => githubReporter(write)],
    ["summary.md", (write: (text: string) => void) => githubReporter(() => {}, write)],
  ])("%s is as expected", async (name, create) => {
    const text = written(create).replaceAll(`"version": "${packageVersion()}"`, '"version": "0.0.0"');
    const advice =
      "If the change is intended, update it: npx -y pnpm@12 --filter @memory-api/conformance run test test/reporters -u";
    await expect(text, advice).toMatchFileSnapshot(`golden/${name}`);
  });
});

describe("the terminal reporter", () => {
  it("prints no control character of the implementation", () => {
    const output = written(terminal(false, false));
    expect(output).not.toMatch(CONTROL);
    expect(output).not.toMatch(/^\s*::error/m);
  });

  it("has colors only if it may", () => {
    expect(written(terminal(false, false))).not.toContain("\u001b[");
    expect(written(terminal(false, true))).toContain("\u001b[31m");
  });

  it("ends with the verdict", () => {
    expect(written(terminal(false, false), KEPT).trimEnd().split("\n").at(-1)).toMatch(
      /^No violations found, [\d.]+ % of the contract covered\.$/,
    );
    const { expectedFailures, notRun } = REPORT;
    expect(written(terminal(false, false), { ...KEPT, expectedFailures, notRun }).trimEnd()).toMatch(
      /\nNo violations found, 1 expected failure, \d+ scenarios? not run, [\d.]+ % of the contract covered\.$/,
    );
    expect(
      written(terminal(false, false), { ...KEPT, findings: FINDINGS })
        .trimEnd()
        .split("\n")
        .at(-1),
    ).toBe("The implementation does not conform to the contract: 2 errors, 1 warning.");
  });

  it("leaves out curl commands that are too long to read", () => {
    const [finding] = FINDINGS;
    const [exchange] = finding?.exchanges ?? [];
    if (finding === undefined || exchange === undefined) throw new Error("The report has no finding.");
    const long = { ...exchange, request: { ...exchange.request, body: "long ".repeat(2000) } };
    const output = written(terminal(false, false), { ...KEPT, findings: [{ ...finding, exchanges: [long] }] });
    expect(output).not.toContain("long long");
    expect(output).toContain("See the JSON or HTML report.");
  });
});

describe("a defect in several places", () => {
  const [finding] = FINDINGS;
  const places = ["listProfiles", "createProfile", "deleteProfile"] as const;
  const findings = places.flatMap((operationId) => (finding === undefined ? [] : [{ ...finding, operationId }]));
  const report = { ...KEPT, findings };

  it.each([
    ["terminal", terminal(false, false)],
    ["HTML", (write: (text: string) => void) => documentReporter("html", write)],
    ["annotations", (write: (text: string) => void) => githubReporter(write)],
    ["summary", (write: (text: string) => void) => githubReporter(() => {}, write)],
  ])("is shown once, with the other places: %s", (_, create) => {
    const text = written(create, report);
    expect(text).toMatch(/Also in.{0,30}createProfile, deleteProfile/);
    expect(text.match(/Also in/g)).toHaveLength(1);
  });

  it("keeps a result for each place in documents for programs", () => {
    const json = JSON.parse(written((write) => documentReporter("json", write), report));
    expect(json.findings.map(({ operationId }: { operationId: string }) => operationId)).toEqual(places);
  });
});

describe("the GitHub reporter", () => {
  it("writes one workflow command on each line", () => {
    const lines = written((write) => githubReporter(write))
      .trimEnd()
      .split("\n");
    // Findings, the expected failure that passed, the coverage is not judged, the problem, the flaky note.
    expect(lines).toHaveLength(FINDINGS.length + 3);
    for (const line of lines) expect(line).toMatch(/^::(?:error|warning|notice)(?: [a-z]+=[^:\r\n]*)?::[^\r\n]*$/);
    expect(lines[1]).toContain("file=node_modules/@memory-api/spec/dist/openapi.yaml,line=321,title=");
    expect(lines[1]).toContain("%250A,: \\ $(id) \\u{d}\\n::error::injected\\n");
    expect(lines[2]).toContain("%250A%2C%3A \\ $(id) \\u{d}\\n%3A%3Aerror%3A%3Ainjected\\n");
  });

  it("writes no HTML of the implementation in the summary", () => {
    const summary = written((write) => githubReporter(() => {}, write));
    const outsideOfCode = summary.replaceAll(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, "");
    expect(outsideOfCode).not.toMatch(/<(?!\/?(?:details|summary)>)/);
  });
});

describe("the SARIF report", () => {
  const log = JSON.parse(written((write) => documentReporter("sarif", write)));
  const [run] = log.runs;

  it("refers to a rule from each result", () => {
    expect(run.results).toHaveLength(FINDINGS.length + 1);
    for (const { ruleId, ruleIndex, level, message, locations } of run.results) {
      expect(run.tool.driver.rules[ruleIndex]).toMatchObject({ id: ruleId, defaultConfiguration: { level: "error" } });
      expect(["error", "warning"]).toContain(level);
      expect(message.text).not.toBe("");
      expect(locations[0].physicalLocation.artifactLocation.uri).toBe(
        "node_modules/@memory-api/spec/dist/openapi.yaml",
      );
      expect(locations[0].physicalLocation.region.startLine).toBeGreaterThanOrEqual(1);
    }
    expect(new Set(run.tool.driver.rules.map(({ id }: { id: string }) => id)).size).toBe(run.tool.driver.rules.length);
  });

  it("gives each result a fingerprint of its own, which does not depend on the run", () => {
    const prints = run.results.map((each: { partialFingerprints: object }) => JSON.stringify(each.partialFingerprints));
    expect(new Set(prints).size).toBe(prints.length);
    const other = { ...REPORT, seed: 8, findings: FINDINGS.map((each) => ({ ...each, received: "status 500" })) };
    const again = JSON.parse(written((write) => documentReporter("sarif", write), other));
    expect(
      again.runs[0].results.map((each: { partialFingerprints: object }) => JSON.stringify(each.partialFingerprints)),
    ).toEqual(prints);
  });

  it("suppresses expected failures, and only those", () => {
    const suppressed = run.results.filter((each: object) => "suppressions" in each);
    expect(suppressed.map(({ ruleId }: { ruleId: string }) => ruleId)).toEqual([EXPECTED.code]);
  });

  it("names the problems of a run that tested nothing", () => {
    const text = written((write) => documentReporter("sarif", write), { ...KEPT, problems: ["No scenario ran."] });
    expect(JSON.parse(text).runs[0].invocations[0]).toMatchObject({
      executionSuccessful: false,
      exitCode: 2,
      toolExecutionNotifications: [{ level: "error", message: { text: "No scenario ran." } }],
    });
  });
});

describe("the JSON report", () => {
  it("contains each finding with its curl commands and exchanges", () => {
    const report = JSON.parse(written((write) => documentReporter("json", write)));
    expect(report).toMatchObject({ format: 1, verdict: { exitCode: 1 }, seed: 7 });
    expect(report.findings[1].exchanges[1].response.body.text).toContain("<script>");
    expect(report.findings[0].exchanges[0].request.body).toEqual({ bytes: 3, isCut: false, base64: "AP8B" });
    expect(report.findings[1].curl).toContain('"$MEMORY_USER:$MEMORY_PASSWORD"');
    expect(report.findings[2].title).toBe(Buffer.from(HOSTILE).toString().replace("\ufffd", "\ud800"));
  });
});
