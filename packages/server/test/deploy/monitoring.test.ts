import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { parseYaml } from "../../src/configuration/parse-yaml.ts";
import { importEnd } from "../security/fetch-import.ts";
import { startWholeServer, type WholeServer } from "../security/whole-server.ts";
import { describeEngines } from "../support/engines.ts";
import { acceptedRequest, createImport, uploadOf } from "../support/requests.ts";
import { withHeaders } from "../support/send-request.ts";
import { startPrometheus } from "./prometheus.ts";
import { deployFolder, needsTool, runTool } from "./run-tool.ts";

const read = (name: string) => readFile(join(deployFolder, name), "utf8");

interface Rule {
  readonly alert: string;
  readonly expr: string;
}

const alerts: readonly Rule[] = Object(parseYaml("alerts.yaml", await read("prometheus/alerts.yaml"))).groups.flatMap(
  ({ rules }: { rules: Rule[] }) => rules,
);

interface Panel {
  readonly title: string;
  readonly targets?: readonly { readonly expr: string }[];
}

const panels: readonly Panel[] = JSON.parse(await read("grafana/dashboard.json")).panels;

/** Every query of the dashboard, and what each alert compares with its threshold. */
const queries: [name: string, query: string][] = [
  ...panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }): [string, string] => [title, expr.replaceAll("$__rate_interval", "1m")]),
  ),
  ...alerts.map(({ alert, expr }): [string, string] => [alert, expr.replace(/ (==|>) [\d.]+$/, "")]),
];

it("the configuration and the alert rules are valid for Prometheus", async (context) => {
  needsTool(context, "promtool", "prometheus");
  expect(await runTool("promtool", "check", "config", "prometheus/prometheus.yaml")).toContain("SUCCESS");
  expect(await runTool("promtool", "check", "rules", "prometheus/alerts.yaml")).toContain(
    `${alerts.length} rules found`,
  );
});

it("each alert fires when it should, and not otherwise", async (context) => {
  needsTool(context, "promtool", "prometheus");
  expect(await runTool("promtool", "test", "rules", "prometheus/alerts.test.yaml")).toContain("SUCCESS");
});

it("each alert has a case in which it fires, and one in which it does not", async () => {
  const { tests } = Object(parseYaml("alerts.test.yaml", await read("prometheus/alerts.test.yaml")));
  const cases = tests.flatMap(({ alert_rule_test }: { alert_rule_test: unknown[] }) => alert_rule_test);
  const tested = (hasAlerts: boolean) =>
    new Set(
      cases.flatMap((each: { alertname: string; exp_alerts?: unknown[] }) =>
        (each.exp_alerts !== undefined) === hasAlerts ? [each.alertname] : [],
      ),
    );
  const names = new Set(alerts.map(({ alert }) => alert));
  expect(tested(true)).toEqual(names);
  expect(tested(false)).toEqual(names);
});

it("docs/operations.md says what each alert means", async () => {
  const rows = (await read("../docs/operations.md")).matchAll(/^\| `(Memory\w+)` \|/gm);
  expect([...rows].map(([, name]) => name)).toEqual(alerts.map(({ alert }) => alert));
});

describeEngines("the dashboard and the alerts", (engine) => {
  it("get a value for each of their queries from a server under load", async (context) => {
    needsTool(context, "prometheus", "prometheus");
    // As a sandbox, it can fail on request.
    const server = await startWholeServer({ ...(await engine.newPlace()), sandbox: { seed: "load" } });
    const prometheus = await startPrometheus(server.url);
    const stopped = new AbortController();
    const load = loadUntil(server, stopped.signal);
    onTestFinished(async () => {
      stopped.abort();
      await load;
    });
    await expect
      .poll(async () => {
        const values = await Promise.all(queries.map(async ([, query]) => prometheus.query(query)));
        return queries.filter((_, at) => !values[at]?.some(Number.isFinite));
      })
      .toEqual([]);
    expect(queries.length).toBeGreaterThan(35);
  });
});

/** Calls every operation, uploads and imports, and has some requests fail. */
async function loadUntil(server: WholeServer, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    for (const requestOf of Object.values(acceptedRequest)) await server.send(await requestOf(server));
    for (const status of [429, 503]) {
      const request = await acceptedRequest.listProfiles(server);
      await server.send(withHeaders(request, { "memory-sandbox-fault": `status=${status}` }));
    }
    const created = await createImport(server);
    await server.send(uploadOf(created));
    await importEnd(server, created);
  }
}
