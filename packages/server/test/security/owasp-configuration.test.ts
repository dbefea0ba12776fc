import { chmod, readdir, readFile, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { operations } from "@memory-api/types";
import fastify, { type FastifyBaseLogger } from "fastify";
import { pino } from "pino";
import { describe, expect, it, onTestFinished } from "vitest";
import { addErrorResponses } from "../../src/http/error-responses.ts";
import { Readiness } from "../../src/observation/readiness.ts";
import { memoryServer, untilReady } from "../command/memory-server.ts";
import { temporaryFolder } from "../configuration/temporary-folder.ts";
import { startApi } from "../support/api-server.ts";
import { acceptedRequest, announced, createImport, importsOf, profilesOf, uploadOf } from "../support/requests.ts";
import { type ApiResponse, withHeaders } from "../support/send-request.ts";
import { logins, storeId } from "../support/settings-for-tests.ts";
import { authorization, connectTo, exchange, head } from "./raw-connection.ts";
import { startWholeServer } from "./whole-server.ts";

const src = fileURLToPath(new URL("../../src/", import.meta.url));
const list = { method: "GET", target: profilesOf(storeId) };
const email = "ada.reyes@example.com";

/** Imports of modules that open connections or start programs. Imports of types do neither. */
const CONNECTING =
  /^import (?!type )(.*) from "(?:node:)?(?:https?2?|net|tls|dgram|dns|child_process|undici)(?:\/.*)?";$/gm;

describe("API7:2023 Server side request forgery", () => {
  it("nothing in the server can send a request", async () => {
    const found = [];
    for (const name of await readdir(src, { recursive: true })) {
      if (!name.endsWith(".ts")) continue;
      const source = await readFile(join(src, name), "utf8");
      for (const [, imported] of source.matchAll(CONNECTING)) found.push(`${name.replaceAll("\\", "/")}: ${imported}`);
      expect(source, name).not.toMatch(/\b(?:fetch|WebSocket|EventSource)\(/);
    }
    expect(found.sort()).toEqual([
      "configuration/check-network.ts: { isIP }",
      "http/checks/client-address.ts: { isIP }",
      "http/connections.ts: { Socket }",
      "sandbox/faults/fault-plugin.ts: { Socket }",
    ]);
  });

  it("no URL in a request is ever called", async () => {
    let calls = 0;
    const trap = createServer(() => calls++).listen(0, "127.0.0.1");
    onTestFinished(() => void trap.close());
    await new Promise((resolve) => trap.once("listening", resolve));
    const port = Object(trap.address()).port;
    const url = `http://127.0.0.1:${port}/`;

    const server = await startWholeServer({ trustedProxies: ["127.0.0.1"] });
    const headers = { host: `127.0.0.1:${port}`, referer: url, origin: url, "x-forwarded-host": `127.0.0.1:${port}` };
    const [first, ...others] = announced.columnMappings;
    const file = Buffer.from(`${url},Name\n${url}@example.com,${url}\n`);
    const columnMappings = [{ ...first, columnName: url.slice(0, 64) }, ...others];
    const created = await createImport(server, { filename: url, fileSize: file.length, columnMappings });
    const target = list.target;
    const sent: ApiResponse[] = [];
    for (const request of [
      { method: "POST", target, body: { traits: { Contact: { email: `${url}@example.com`, city: url } } } },
      { method: "POST", target, body: { traits: { Contact: { email, uri: url } } } },
      { method: "GET", target: `${target}?pageToken=${url}&callback=${url}` },
      { method: "GET", target: `/${url}` },
      uploadOf(created, file),
    ]) {
      sent.push(await server.send(withHeaders(request, headers)));
    }
    await exchange(server.url, head("GET", url, `Host: 127.0.0.1:${port}`, authorization, "Connection: close"));
    expect(sent.map(({ status }) => status)).toEqual([202, 400, 400, 404, 200]);
    await expect
      .poll(async () => Object((await server.send(importOf(created.importId))).body).status)
      .toBe("COMPLETED");
    await server.close();
    expect(calls).toBe(0);
  });
});

const importOf = (importId: string) => ({ method: "GET", target: `${importsOf(storeId)}/${importId}` });

describe("API8:2023 Security misconfiguration", () => {
  it("no response names the software, or allows a page of another origin to read it", async () => {
    const api = await startApi();
    const lines = [
      "Host: x",
      "Origin: https://evil.example",
      "Access-Control-Request-Method: GET",
      "Connection: close",
    ];
    const requests = ["GET", "POST", "OPTIONS", "TRACE", "HEAD"].flatMap((method) =>
      [list.target, "/health", "/nowhere", "/%"].map((target) => head(method, target, authorization, ...lines)),
    );
    for (const request of [...requests, "nonsense\r\n\r\n", head("GET", "/", "Content-Length: x")]) {
      const response = await exchange(api.url, request);
      expect(response).toMatch(/^HTTP\/1\.1 \d{3} /);
      expect(response).not.toMatch(/^(server|x-powered-by|access-control-[\w-]+|via|etag):/im);
      expect(response).not.toMatch(/fastify|node\.?js/i);
    }
  });

  it("the ID of a request comes from the server, so a caller cannot write it into the log", async () => {
    const server = await startWholeServer();
    const { headers } = await server.send(withHeaders(list, { "x-request-id": "mine", "request-id": "mine" }));
    expect(headers["x-request-id"]).toMatch(/^[\da-f-]{36}$/);
    expect(server.log.join("")).not.toContain("mine");
  });

  it("an error reveals neither its cause nor a place in the source", async () => {
    const api = await startApi();
    api.failure = Object.assign(new Error("SELECT secret FROM profiles"), { code: "E_SECRET" });
    for (const id of ["listProfiles", "createProfile", "updateProfilesBulk", "createProfilesImportV2"] as const) {
      const { text } = await api.send(await acceptedRequest[id](api));
      expect(text).toContain('"status":500');
      expect(text).not.toMatch(/secret|SELECT|\.ts|\\n|:\d+:\d+/i);
    }
  });

  it("the log shows where a failure happened, but not its message, which may quote a request", async () => {
    const lines: string[] = [];
    const loggerInstance: FastifyBaseLogger = pino({ base: null }, { write: (line) => void lines.push(line) });
    const app = fastify({ loggerInstance });
    addErrorResponses(app, new Readiness(async () => []), undefined);
    app.get("/", async () => {
      throw new TypeError(`${email}\n    at ${email} (a.ts)`);
    });
    await app.inject("/");
    const [failure] = lines.filter((line) => line.includes("request failed"));
    expect(failure).toMatch(/"name":"TypeError".*"at":\[" {4}at .*owasp-configuration\.test\.ts:/);
    expect(lines.join()).not.toContain(email);
  });

  it("only the owner may read the files of the server, regardless of the folder", async () => {
    const dataFolder = await temporaryFolder();
    await chmod(dataFolder, 0o755);
    const server = await startWholeServer({ dataFolder });
    await server.send({ method: "POST", target: list.target, body: { traits: { Contact: { email } } } });
    const upload = uploadOf(await createImport(server));
    const socket = await connectTo(server.url);
    const lines = Object.entries({ host: "x", ...upload.headers }).map((header) => header.join(": "));
    socket.write(`${head("PUT", upload.target, ...lines)}Email`);
    const files = () => readdir(dataFolder, { recursive: true });
    await expect.poll(files).toContainEqual(expect.stringMatching(/\.part$/));
    expect(await files()).toEqual(expect.arrayContaining(["memory.db", "memory.db-wal", "uploads"]));
    for (const name of await files())
      expect([name, (await stat(join(dataFolder, name))).mode & 0o077]).toEqual([name, 0]);
  });

  it("only the owner may read the secrets that the server generates", async () => {
    const folder = join(await temporaryFolder(), "data");
    await untilReady(memoryServer(["--port", "0", "--data", folder]));
    expect((await stat(folder)).mode & 0o077).toBe(0);
    for (const name of ["credential.json", "signing-key"])
      expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
  });

  it("the routes without credentials reveal nothing about people and keys, and only the metrics name accounts and stores", async () => {
    const server = await startWholeServer();
    const created = await createImport(server);
    const { body } = await server.send(await acceptedRequest.createProfile(server));
    await server.send(uploadOf(created));
    const [[keySid], [accountSid]] = [logins.owner, logins.ownerAccount];
    const secret = [email, created.importId, Object(body).id, new URL(created.url).search, keySid];
    const known = [...secret, server.settings.dataFolder];
    for (const path of ["/metrics", "/health", "/health/live", "/health/ready"]) {
      const text = await exchange(server.url, head("GET", path, "Host: x", "Connection: close"));
      expect(text).toMatch(/^HTTP\/1\.1 200 /);
      for (const each of known) expect(text).not.toContain(each);
      for (const each of [accountSid, storeId]) expect(text.includes(each)).toBe(path === "/metrics");
    }
  });
});

describe("API9:2023 Improper inventory management", () => {
  it("every route is in the contract, or reports the health of the server", async () => {
    const api = await startApi();
    const answering = [];
    for (const { method, path } of routesIn(api.app.printRoutes({ commonPrefix: false }))) {
      const target = path.replace(":storeId", storeId).replace(/:\w+$/, "x");
      const { status } = await fetch(api.url + target, { method, headers: { authorization: authorization.slice(15) } });
      if (status !== 405) answering.push(`${method} ${path}`);
    }
    const ofContract = Object.values(operations).map(
      ({ method, path }) => `${method} ${path.replaceAll(/\{(\w+)\}/g, ":$1")}`,
    );
    const ofHealth = ["/health", "/health/live", "/health/ready"].map((path) => `GET ${path}`);
    expect(answering.sort()).toEqual([...ofContract, ...ofHealth].sort());
  });

  it("there is no other version, and no forgotten route", async () => {
    const server = await startWholeServer();
    const versions = ["/v2/Stores", "/v0/Stores", "/Stores", "/v1/Services", "/v1/stores"].map((base) =>
      list.target.replace("/v1/Stores", base),
    );
    const others = ["/docs", "/openapi.json", "/debug", "/admin", "/.env", "/.git/config", "/metrics/../debug"];
    for (const target of [...versions, ...others]) {
      expect(await server.send({ method: "GET", target }), target).toMatchObject({ status: 404 });
    }
  });
});

/** The routes in the tree of `printRoutes`, which indents each level by four characters. */
function routesIn(tree: string): { method: string; path: string }[] {
  const parents: string[] = [];
  return [...tree.matchAll(/^([│ ]*)[├└]── (\S+) \((.*)\)$/gmu)].flatMap(([, indent = "", part = "", methods = ""]) => {
    const level = indent.length / 4;
    parents.splice(level, Number.POSITIVE_INFINITY, part);
    return methods.split(", ").map((method) => ({ method, path: parents.join("") }));
  });
}
