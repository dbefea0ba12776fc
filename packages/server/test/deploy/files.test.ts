import { readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import type { Configuration } from "#generated/configuration.js";
import { checkConfiguration } from "../../src/configuration/check-configuration.ts";
import type { Mistake } from "../../src/configuration/configuration-error.ts";
import { temporaryFolder } from "../configuration/temporary-folder.ts";
import { startApi } from "../support/api-server.ts";
import { deployFolder, needsTool, runTool } from "./run-tool.ts";

const read = (name: string) => readFile(join(deployFolder, name), "utf8");

/** A file of YAML 1.1, in which Compose and Kubernetes read modes such as 0440. */
async function readYaml(name: string) {
  const [document] = parseAllDocuments(await read(name), { version: "1.1" });
  return document?.toJS();
}

/** The configuration, if it is valid. */
function configurationOf(document: unknown): Configuration {
  const mistakes: Mistake[] = [];
  const configuration = checkConfiguration(document, mistakes);
  expect(mistakes).toEqual([]);
  return configuration;
}

/** The files of secrets that a configuration names. */
function secretFiles({ accounts, signingKeys, databaseUrlFile }: Configuration): string[] {
  const credentials = (accounts ?? []).flatMap((account) => account.credentials);
  return [...credentials, ...(signingKeys ?? [])]
    .flatMap((each) => each.secretFile ?? [])
    .concat(databaseUrlFile ?? []);
}

const secondsToEnd = ({ timeouts = {} }: Configuration) =>
  (timeouts.unreadySeconds ?? 0) + (timeouts.drainSeconds ?? 0);

describe("the Dockerfile", () => {
  it("has the Node.js and the packages of OpenTelemetry that the tests run with", async () => {
    const dockerfile = await read("Dockerfile");
    const { catalog, nodeVersion } = await readYaml("../pnpm-workspace.yaml");
    const [major] = nodeVersion.split(".");
    expect(dockerfile.match(/^FROM node:\d+/gm)).toEqual([`FROM node:${major}`, `FROM node:${major}`]);
    for (const name of ["@opentelemetry/api", "@opentelemetry/sdk-node"]) {
      expect(dockerfile).toContain(` ${name}@${catalog[name]}`);
    }
  });

  it("does not run the server as root", async () => {
    expect(await read("Dockerfile")).toMatch(/^USER node$/m);
  });
});

describe("compose.yaml", () => {
  it("runs two servers with a valid configuration, whose secrets it provides", async () => {
    const { services, secrets } = await readYaml("compose.yaml");
    const configuration = configurationOf(await readYaml("compose/memory.yaml"));
    for (const name of ["memory-1", "memory-2"]) {
      const server = services[name];
      const provided = server.secrets.map((secret: string) => `/run/secrets/${secret}`);
      expect(provided.sort()).toEqual(secretFiles(configuration).sort());
      for (const secret of server.secrets) expect(Object.keys(secrets)).toContain(secret);
      expect(server).toMatchObject({ read_only: true, cap_drop: ["ALL"] });
      expect(Number.parseInt(server.stop_grace_period, 10)).toBeGreaterThan(secondsToEnd(configuration));
    }
  });

  it("has the servers that Prometheus reads, and the Prometheus that Grafana reads", async () => {
    const { services } = await readYaml("compose.yaml");
    const { scrape_configs } = await readYaml("prometheus/prometheus.yaml");
    const { targets } = scrape_configs[0].static_configs[0];
    const { datasources } = await readYaml("grafana/datasources.yaml");
    const hosts = [...targets, new URL(datasources[0].url).host].map((host: string) => host.split(":")[0]);
    for (const host of hosts) expect(Object.keys(services)).toContain(host);
    expect(JSON.stringify(await readYaml("../deploy/grafana/dashboard.json"))).toContain(datasources[0].uid);
  });
});

describe("the Kubernetes manifests", () => {
  it("have a valid configuration, and its secrets", async () => {
    const { data } = await readYaml("kubernetes/config-map.yaml");
    const [document] = parseAllDocuments(data["memory.yaml"]);
    const configuration = configurationOf(document?.toJS());
    const { stringData } = await readYaml("kubernetes/secret.yaml");
    const { template } = (await readYaml("kubernetes/deployment.yaml")).spec;
    const [container] = template.spec.containers;
    const { mountPath } = container.volumeMounts.find(({ name }: { name: string }) => name === "secrets");
    expect(secretFiles(configuration).sort()).toEqual(
      Object.keys(stringData)
        .map((name) => `${mountPath}/${name}`)
        .sort(),
    );
    expect(template.spec.terminationGracePeriodSeconds).toBeGreaterThan(secondsToEnd(configuration));
  });

  it("probe paths of the server, and give it no privileges", async () => {
    const { template, selector } = (await readYaml("kubernetes/deployment.yaml")).spec;
    const [container] = template.spec.containers;
    const api = await startApi();
    for (const probe of ["startupProbe", "livenessProbe", "readinessProbe"]) {
      expect((await fetch(api.url + container[probe].httpGet.path)).status).toBe(200);
    }
    expect(template.spec).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    });
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
    for (const name of ["service", "pod-disruption-budget"]) {
      const { spec } = await readYaml(`kubernetes/${name}.yaml`);
      expect(template.metadata.labels).toMatchObject(spec.selector.matchLabels ?? spec.selector);
    }
    expect(template.metadata.labels).toMatchObject(selector.matchLabels);
  });
});

it("The unit of systemd is valid", async (context) => {
  needsTool(context, "systemd-analyze", "systemd");
  // The Node.js of this machine may be elsewhere.
  const unit = (await read("systemd/memory-server.service")).replace("/usr/bin/node", process.execPath);
  const file = join(await temporaryFolder(), "memory-server.service");
  await writeFile(file, unit);
  const output = await runTool("systemd-analyze", "verify", file);
  expect(output.split("\n").filter((line) => line.includes(basename(file)))).toEqual([]);
});
