import { existsSync, globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { openapi, operationsOf } from "@memory-api/spec";
import { describe, expect, it } from "vitest";
import { root, sitePages } from "./pages.ts";

/** Inline code of a page, without code blocks. */
function inlineCode(page: string): string[] {
  const prose = readFileSync(new URL(page, root), "utf8").replaceAll(/^```.*?^```$/gms, "");
  return [...prose.matchAll(/(?<!`)`([^`\n]+)`(?!`)/g)].map(([, code = ""]) => code);
}

const codes = sitePages.flatMap((page) => inlineCode(page).map((code) => ({ page, code })));
const named = ({ page, code }: (typeof codes)[number]) => `${page}: ${code}`;

const operationIds: readonly string[] = operationsOf(openapi).map(({ id }) => id);

/** The words of everything that is not a page: the contract, the packages, the examples and the configuration. */
const sources = globSync(
  [
    "*.json",
    "pnpm-workspace.yaml",
    "spec/dist/openapi.json",
    "spec/{rules,build}/**/*.js",
    "scripts/**/*.ts",
    "examples/*/**/*.{ts,mjs,py,sh,json,yml}",
    "packages/*/{src,build,generator,bench}/**/*.{ts,js,json}",
    "packages/e2e/test/documentation/*-guide/*",
    "packages/*/package.json",
    "deploy/*/*.*",
    "deploy/**/*.{yaml,service,ini}",
  ],
  { cwd: fileURLToPath(root), exclude: (name) => /(^|\/)(node_modules|dist\/generated)$/.test(String(name)) },
);
/** The vendor's SDK, which the guide about migration describes. */
const vendorSdk = globSync("packages/e2e/node_modules/twilio/lib/{base,rest/memory/v1}/**/*.{d.ts,js}", {
  cwd: fileURLToPath(root),
});
const tests = globSync("packages/*/test/**/*.test.ts", { cwd: fileURLToPath(root) });
const words = new Set([
  ...[...sources, ...vendorSdk].flatMap((file) => readFileSync(new URL(file, root), "utf8").match(/\w+/g) ?? []),
  ...tests.flatMap((file) => file.match(/\w+/g) ?? []),
  // Names of Fastify, OpenTelemetry, Node.js, PostgreSQL, SQLite, Jest, Vitest and TanStack Query.
  ...["reqId", "OTEL_TRACES_SAMPLER", "OTEL_TRACES_SAMPLER_ARG", "OTEL_EXPORTER_OTLP_PROTOCOL"],
  ...["OTEL_EXPORTER_OTLP_HEADERS", "OTEL_PROPAGATORS"],
  ...["NODE_USE_ENV_PROXY", "synchronous_commit", "VACUUM", "useFakeTimers", "doNotFake", "toNotFake", "FakeTimers"],
  ...["nextTick", "queueMicrotask", "useQuery", "queryKey", "queryFn", "jest", "__proto__", "gitignore"],
  ...["LISTEN", "max_connections", "pg_hba", "pg_cancel_backend", "pg_terminate_backend", "REINDEX"],
  // Names of Citus, PostgreSQL and the tests, in the page about scaling.
  ...["isolate_tenant_to_new_shard", "log_remote_commands", "COPY", "PREPARE", "TRANSACTION", "fsync"],
  ...["TEST_CITUS_URL", "SIGSTOP"],
  // Names of PgBouncer.
  ...["SHOW", "POOLS", "cl_waiting", "max_prepared_statements", "idle_transaction_timeout", "query_timeout"],
]);

/** Files that a reader or a program creates. */
const otherFiles = [
  "contacts.csv",
  "ready.json",
  "memory-usage.json",
  "stores.yaml",
  "memory.yaml",
  ".data/credential.json",
  "/etc/haproxy/is-primary.sh",
  "example.mts",
];

describe("the guides", () => {
  it("have code in their prose", () => {
    expect(codes.length).toBeGreaterThan(500);
    expect(isKnown("createProfilesBulk")).toBe(false);
  });

  it("name only operations that the contract has", () => {
    const names = codes.filter(({ code }) => /^(create|list|fetch|patch|delete|update|upload)[A-Z]\w*$/.test(code));
    expect(names.length).toBeGreaterThan(15);
    expect(names.filter(({ code }) => !operationIds.includes(code) && !words.has(code)).map(named)).toEqual([]);
  });

  it("name only paths that the contract or the server has", () => {
    const paths = codes.filter(({ code }) => /^(?:[A-Z]+ )?\/(?:v1|uploads|__sandbox|health|metrics)\b/.test(code));
    const segments = (path: string) => path.replace(/^[A-Z]+ /, "").split(/[/?]/);
    const unknown = paths.filter(({ code }) => !segments(code).every((part) => /^\W*$/.test(part) || isKnown(part)));
    expect(unknown.map(named)).toEqual([]);
  });

  it("name only files that exist", () => {
    const files = codes.filter(({ code }) => isFile(code));
    const exists = (file: string) => [root, ...folders].some((folder) => existsSync(new URL(file, folder)));
    const folders = ["docs/", "packages/docs/", "packages/server/", "packages/client/", "spec/dist/"].map(
      (folder) => new URL(folder, root),
    );
    const unknown = files.filter(({ code }) => !otherFiles.includes(code) && !exists(code));
    expect(unknown.map(named)).toEqual([]);
  });

  it("name only options, properties, methods and variables that occur in the code", () => {
    const unknown = codes.filter(({ code }) => !isFile(code) && !isKnown(code));
    expect(unknown.map(named)).toEqual([]);
  });

  it("link only to pages and files that exist", () => {
    const links = sitePages.flatMap((page) => {
      const text = readFileSync(new URL(page, root), "utf8").replaceAll(/^```.*?^```$/gms, "");
      return [...text.matchAll(/\]\((?![a-z]+:|#)([^)#]+)/g)].map(([, link = ""]) => ({ page, link }));
    });
    expect(links.length).toBeGreaterThan(20);
    // The tests of the site follow the links between its pages, which end with a slash.
    const files = links.filter(({ link }) => !link.endsWith("/") && !link.includes("downloads/"));
    expect(files.filter(({ page, link }) => !existsSync(new URL(link, new URL(page, root))))).toEqual([]);
  });
});

function isFile(code: string): boolean {
  return /^[\w./-]+\.(?:ts|tsx|mts|js|mjs|json|ya?ml|md|csv|py|sh|html)$/.test(code);
}

/** Whether every word of a code occurs in the sources. The words of a value in quotation marks or of a header are not names. */
function isKnown(code: string): boolean {
  const names =
    code
      .replace(/^([A-Z][\w-]*): .*/, "$1")
      .replaceAll(/"([^"]*)"(:?)/g, (_, name, colon) => (colon ? name : ""))
      .match(/\b[A-Za-z]\w+/g) ?? [];
  return names.every((word) => words.has(word));
}
