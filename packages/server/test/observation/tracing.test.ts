import { pino } from "pino";
import { describe, expect, it } from "vitest";
import { startTracing } from "../../src/observation/start-tracing.ts";
import { temporaryFolder } from "../configuration/temporary-folder.ts";
import { canary, startCanaryServer } from "../security/canary-server.ts";
import { importEnd } from "../security/fetch-import.ts";
import { describeEngines } from "../support/engines.ts";
import { createImport, createProfile, profileOf, profilesOf, unknownProfileId, uploadOf } from "../support/requests.ts";
import { type Request, withHeaders } from "../support/send-request.ts";
import { storeId } from "../support/settings-for-tests.ts";
import { type ReceivedSpan, startCollector } from "./collector.ts";

const TRACE = "0af7651916cd43dd8448eb211c80319c";
const PARENT = "b7ad6b7169203331";
const traceparent = `00-${TRACE}-${PARENT}-01`;

/**
 * Code that Node.js runs first: it prints the URL of each module that is loaded from these packages, except from
 * `@opentelemetry/api`, which prom-client loads.
 */
const REPORT_MODULES = hooks(`load(url, context, next) {
  if (/@opentelemetry\\/(?!api\\/)/.test(url)) process.stderr.write("loaded " + url + "\\n");
  return next(url, context);
}`);

/** Code that Node.js runs first, as if this package were not installed. */
const HIDE_MODULES = hooks(`resolve(name, context, next) {
  if (name !== "@opentelemetry/sdk-node") return next(name, context);
  throw Object.assign(new Error("Cannot find package"), { code: "ERR_MODULE_NOT_FOUND" });
}`);

function hooks(hook: string): NodeJS.ProcessEnv {
  const code = `import { registerHooks } from "node:module"; registerHooks({ ${hook} });`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(code)}` };
}

/** A server with these variables and an empty data folder. */
async function started(environment: NodeJS.ProcessEnv) {
  return startCanaryServer({ dataFolder: await temporaryFolder() }, environment);
}

/** The lines of the log in the output of a server. */
const logIn = (output: string) =>
  output.split("\n").flatMap((line) => (line.startsWith("{") ? [JSON.parse(line)] : []));

describeEngines("traces", (engine) => {
  it("have a span for each request, with its storage calls and its imports, and continue the trace of the caller", async () => {
    const collector = await startCollector();
    const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_EXPORTER_OTLP_PROTOCOL: "http/json" };
    const server = await startCanaryServer(await engine.newPlace(), environment);
    const list: Request = { method: "GET", target: profilesOf(storeId) };
    await server.send(withHeaders(list, { traceparent }));
    await createProfile(server, { email: `${canary()}@example.com` });
    await server.send({ method: "GET", target: profileOf(unknownProfileId) });
    const created = await createImport(server);
    await server.send(uploadOf(created));
    await importEnd(server, created);
    const log = logIn(await server.output());

    const { spans } = collector;
    const named = (name: string) => spans.filter((span) => span.name === name);
    const childrenOf = ({ spanId, traceId }: ReceivedSpan) =>
      spans.filter((span) => span.parentSpanId === spanId && span.traceId === traceId).map(({ name }) => name);
    const [account] = log.flatMap((line) => line.account ?? []);
    const owned = { "memory.account": account, "memory.store": storeId };

    const [listed] = named("listProfiles");
    expect(listed).toMatchObject({
      traceId: TRACE,
      parentSpanId: PARENT,
      kind: 2,
      service: "memory-server",
      attributes: {
        "http.request.method": "GET",
        "http.route": "/v1/Stores/:storeId/Profiles",
        "http.response.status_code": 200,
        "url.scheme": "http",
        ...owned,
      },
    });
    const line = log.find(({ traceId }) => traceId === TRACE);
    expect(line).toMatchObject({ operation: "listProfiles", reqId: listed?.attributes["memory.request_id"] });

    const [create] = named("createProfile");
    if (create === undefined) throw new Error("There is no span of the create.");
    expect(create.parentSpanId).toBeUndefined();
    expect(childrenOf(create)).toEqual(["storage.apply"]);
    expect(named("storage.apply")[0]?.attributes).toEqual({
      "db.system.name": engine.name === "SQLite" ? "sqlite" : "postgresql",
      "db.operation.name": "apply",
    });
    const [missing] = named("fetchProfile");
    expect(missing?.attributes).toMatchObject({ "http.response.status_code": 404 });
    expect(missing?.status ?? 0).toBe(0);

    const [imported] = named("import");
    if (imported === undefined) throw new Error("There is no span of the import.");
    expect(imported.parentSpanId).toBeUndefined();
    expect(imported.attributes).toEqual({ ...owned, "memory.import": created.importId });
    expect(childrenOf(imported)).toEqual(["storage.applyRows", "storage.finishImport"]);
    // The runner, which the upload wakes, works in no span of a request.
    const [uploaded] = named("uploadImportFile");
    expect(uploaded && childrenOf(uploaded)).toEqual(["storage.fetchImport", "storage.acceptUpload"]);

    const received = collector.bodies.join();
    const token = new URL(created.url).searchParams.get("token") ?? "";
    for (const secret of ["canary-", token, unknownProfileId]) expect(received).not.toContain(secret);
  });
});

describe("OpenTelemetry", () => {
  it("is loaded only if the environment asks for traces", async () => {
    const without = await started(REPORT_MODULES);
    await without.send({ method: "GET", target: profilesOf(storeId) });
    expect(await without.output()).not.toContain("loaded ");
    const withTraces = await started({ ...REPORT_MODULES, OTEL_TRACES_EXPORTER: "otlp" });
    expect(await withTraces.output()).toMatch(/^loaded .*sdk-node/m);
  });

  it("is not required: without its packages, the log says that there are no traces", async () => {
    const server = await started({ ...HIDE_MODULES, OTEL_TRACES_EXPORTER: "otlp" });
    expect(await server.send({ method: "GET", target: profilesOf(storeId) })).toMatchObject({ status: 200 });
    expect(logIn(await server.output())).toContainEqual(
      expect.objectContaining({ level: "warn", msg: expect.stringContaining("install @opentelemetry/api") }),
    );
  });

  it("does not prevent a clean end if the collector cannot be reached, and the log says so without the headers", async () => {
    const server = await started({
      OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:1",
      OTEL_EXPORTER_OTLP_HEADERS: `authorization=${canary()}`,
      OTEL_EXPORTER_OTLP_TIMEOUT: "200",
      OTEL_SERVICE_NAME: "memory",
    });
    await server.send({ method: "GET", target: profilesOf(storeId) });
    const output = await server.output();
    const error = { code: "ECONNREFUSED" };
    expect(logIn(output).slice(-2)).toMatchObject([
      { level: "warn", msg: "traces cannot be exported", error },
      { msg: "stopped" },
    ]);
    expect(output).not.toContain("canary-");
  });

  it.each<NodeJS.ProcessEnv>([
    {},
    { OTEL_SERVICE_NAME: "memory" },
    { OTEL_EXPORTER_OTLP_ENDPOINT: "" },
    { OTEL_TRACES_EXPORTER: "none", OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318" },
    { OTEL_SDK_DISABLED: "true", OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318" },
  ])("is not started with the environment %j", async (environment) => {
    expect(await startTracing(environment, pino({ enabled: false }))).toBeUndefined();
  });
});
