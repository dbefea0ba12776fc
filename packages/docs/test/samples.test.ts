import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type OperationId, operations } from "@memory-api/types";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sampleStyles, samplesFolder } from "../src/contract/samples.ts";
import { type RunningServer, runServer } from "../src/server/run-server.ts";

const run = promisify(execFile);
const pathOf = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** IDs that the samples contain. */
const profileId = "mem_profile_01kkhqytkhfm3ssd012pnn7m4p";
const importId = "mem_import_01kkbk0tfteqn89st3b7v4f5y8";
const canonicalProfileId = "mem_profile_01kkbk0tftehys1y7x5j5x83q4";

const traits = { Contact: { email: "mina.sato@example.com", phone: "+14155550188", city: "Portland" } };
/** With the profile of the samples, two pages. */
const others = Array.from({ length: 120 }, (_, index) => ({ traits: { Contact: { email: `${index}@example.com` } } }));
const imported = { id: importId, filename: "contacts.csv", status: "COMPLETED", summary: { errors: 0, warnings: 0 } };
const columnMappings = ["email", "phone"].map((name) => ({ columnName: name, traitGroup: "Contact", traitName: name }));

/** A request and its response, as the sandbox recorded them. */
interface Exchange {
  readonly operationId: string;
  readonly response: { readonly status: number; readonly body?: Readonly<Record<string, unknown>> };
}

const samples = sampleStyles
  .flatMap(({ style, extension, isOptional = false }) =>
    Object.values(operations).map(({ id, statuses }) => ({
      ...{ style, id, statuses, isOptional },
      file: `${style}/${id}${extension}`,
    })),
  )
  .filter(({ file, isOptional }) => !isOptional || existsSync(join(samplesFolder, file)));
const redirected = samples.filter(({ statuses }) => statuses.some((status) => status >= 300 && status < 400));

const python = process.env["PYTHON"] ?? "python3";
const pythonSkip = await run(python, ["-c", "import httpx"]).then(
  () => undefined,
  () => `${python} has no httpx: run \`pip install httpx\`, or set PYTHON to a Python that has it`,
);

let sandbox: RunningServer;
let diagnostics: string[];
beforeAll(async () => {
  sandbox = await runServer("--sandbox");
  diagnostics = await run(pathOf("../node_modules/.bin/tsc"), ["-p", samplesFolder, "--pretty", "false"]).then(
    () => [],
    ({ stdout }: { stdout: string }) => stdout.trim().split("\n"),
  );
});
afterAll(() => sandbox?.[Symbol.asyncDispose]());

/** Calls the control API, and returns the body of the response, if it has one. */
async function control(method: "GET" | "POST", path: string, body?: object): Promise<unknown> {
  const headers = { "Content-Type": "application/json" };
  const response = await fetch(`${sandbox.url}/__sandbox/${path}`, {
    method,
    headers,
    body: body ? JSON.stringify(body) : null,
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} /__sandbox/${path}: ${response.status} ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}

/** Empties the sandbox, and adds the profile and the import that the samples name. */
async function seed(profile: object = { id: profileId, traits }): Promise<void> {
  await control("POST", "reset");
  const profiles = [{ createdAt: "2026-01-01T00:00:00Z", ...profile }, ...others];
  await control("POST", "seed", { profiles, imports: [{ ...imported, fileSize: 99, columnMappings }] });
}

/** Runs a file in the folder that the README of the samples names, and returns what it prints. */
async function output(file: string): Promise<string> {
  const [command, ...options] = commandOf(file);
  const { stdout } = await run(command, [...options, file], {
    cwd: samplesFolder,
    env: {
      PATH: process.env["PATH"],
      MEMORY_BASE_URL: sandbox.url,
      TWILIO_API_KEY: sandbox.apiKey,
      TWILIO_API_SECRET: sandbox.apiSecret,
      TWILIO_ACCOUNT_SID: `AC${"0".repeat(32)}`,
    },
  });
  return stdout;
}

function commandOf(file: string): [string, ...string[]] {
  if (file.endsWith(".sh")) return ["sh", "-e"];
  if (file.endsWith(".py")) return [python];
  return file.startsWith("vendor-sdk/")
    ? [process.execPath, "--import", pathOf("redirect-vendor-sdk.ts")]
    : [process.execPath];
}

async function exchanges(): Promise<Exchange[]> {
  const { requests } = Object(await control("GET", "requests"));
  return requests;
}

/** What a sample prints of the responses that it received. */
function printed(id: OperationId, style: string, bodies: readonly Readonly<Record<string, unknown>>[]): unknown[] {
  const [body = {}] = bodies;
  switch (id) {
    case "createProfile":
      return [body["id"]];
    case "createProfilesImportV2":
      // The record of the sandbox does not contain the token.
      return [body["importId"], String(body["url"]).split("?")[0]];
    case "uploadImportFile":
      // curl prints the response of the upload, which is empty.
      return style === "curl" ? [] : ["Uploaded the file of mem_import_"];
    case "deleteProfile":
    case "patchProfileTraits":
      return [body["message"]];
    case "updateProfilesBulk":
      return [style === "sdk" ? "2 profiles" : body["message"]];
    case "fetchProfile":
      return [traits.Contact.email];
    case "fetchProfileImportV2":
      return ["COMPLETED"];
    case "listProfileImportsV2":
      return [importId];
    case "listProfiles":
      return bodies.flatMap(({ profiles }) => profiles);
  }
}

describe.each(samples)("the sample $file", ({ style, id, file }) => {
  it("succeeds and prints the response of the sandbox", async ({ skip }) => {
    skip(style === "python" && pythonSkip !== undefined, pythonSkip);
    await seed();
    const text = await output(file);
    const calls = (await exchanges()).filter(({ operationId }) => operationId === id);
    expect(calls).not.toEqual([]);
    for (const { response } of calls) expect(response.status).toBe(Math.min(...operations[id].statuses));
    for (const part of printed(
      id,
      style,
      calls.map(({ response }) => response.body ?? {}),
    )) {
      expect(text).toContain(part);
    }
  });
});

it("the samples that list profiles read every page, unless they say otherwise", async () => {
  await seed();
  const firstPage = await output("vendor-sdk/listProfiles.ts");
  const all = await output("sdk/listProfiles.ts");
  expect(firstPage.match(/^mem_profile_/gm)).toHaveLength(100);
  expect(all.match(/^mem_profile_/gm)).toHaveLength(others.length + 1);
});

describe.each(redirected)("the sample $file, for a profile that was merged,", ({ style, id, file }) => {
  it("names the canonical profile, or does what its comment says", async ({ skip }) => {
    skip(style === "python" && pythonSkip !== undefined, pythonSkip);
    await seed({ id: canonicalProfileId, traits, mergedIds: [profileId] });
    if (style !== "vendor-sdk") expect(await output(file)).toContain(canonicalProfileId);
    else if (id === "fetchProfile") expect(await output(file)).toBe("undefined undefined\n");
    else if (id === "deleteProfile") expect(await output(file)).toBe("The profile was merged into another profile.\n");
    else await expect(output(file)).rejects.toThrow("308");

    const statuses = (await exchanges()).map(({ response }) => response.status);
    expect(statuses[0]).toBe(operations[id].method === "GET" ? 301 : 308);
    expect(statuses).not.toContain(202);
  });
});

describe("the code of the guides", () => {
  /** What each file prints. */
  const expected: Record<string, RegExp> = {
    "bulk-upsert.ts": /^2500 customers accepted\.\n$/,
    "handle-errors.ts": /^20404 No profile has this ID/,
    "list-profiles.ts": /^(mem_profile_\w{26}\n){121}100 profiles\n21 profiles\n$/,
    "quick-start.ts": /^mem_profile_\w{26} \{ email: 'ada\.reyes@example\.com', firstName: 'Ada' \}\n$/,
    "remove-trait.ts": /^\{ email: 'lin@example\.com', firstName: 'Lin' \}\n$/,
    "run-import.ts":
      /^created\n(uploading\n)+uploaded\n(processing\n)+completed\nmem_import_\w{26} \{ errors: 0, warnings: 0 \}\n$/,
    "same-person.ts": /^false\ntrue\ntrue true\n$/,
  };

  it.each(Object.keys(expected))("guides/%s prints what it says", async (name) => {
    await seed();
    expect(await output(`guides/${name}`)).toMatch(expected[name] ?? "");
  });

  it("is in these files only", async () => {
    expect((await readdir(join(samplesFolder, "guides"))).toSorted()).toEqual(Object.keys(expected));
  });
});

describe("the samples in TypeScript", () => {
  it.each(["guides", ...sampleStyles.filter(({ extension }) => extension === ".ts").map(({ style }) => style)])(
    "compile: %s",
    (folder) => {
      expect(diagnostics.filter((line) => line.startsWith(`${folder}/`))).toEqual([]);
    },
  );

  it("compile together", () => {
    expect(diagnostics).toEqual([]);
  });
});
