import { afterAll, beforeAll, expect, it } from "vitest";
import { authentication } from "../src/phases/authentication/authentication.ts";
import { parameters } from "../src/phases/parameters/parameters.ts";
import { protocol } from "../src/phases/protocol/protocol.ts";
import { requests } from "../src/phases/requests/requests.ts";
import { runConformance } from "../src/run/run-conformance.ts";
import { type StartedServer, startServer } from "./support/start-server.ts";

let server: StartedServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

it("sends only reads to a target that may not be changed, and names the rest as not run", async () => {
  const methods = new Set<string>();
  const report = await runConformance({
    target: { ...server.target, isReadOnly: true },
    phases: [protocol, authentication, parameters, requests],
    listeners: [(event) => event.type === "exchange" && methods.add(event.exchange.request.method)],
  });
  expect([...methods].sort()).toEqual(["GET", "HEAD", "OPTIONS"]);
  expect(report.findings).toEqual([]);
  expect(report.scenarios).toBeGreaterThan(20);
  expect(report.notRun.map(({ scenario }) => scenario)).toContain("requests/createProfile/rules");
});
