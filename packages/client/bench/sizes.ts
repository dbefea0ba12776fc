import { readFileSync } from "node:fs";
import { atMost, type Measurement } from "./figure.ts";
import { bundled } from "./sizes/bundled.ts";
import { type Installation, installed, withTarballs } from "./sizes/installed.ts";
import { versions } from "./versions.ts";

type Name = keyof typeof versions;

const PATH = `{ storeId: "s", profileId: "p" }`;
const ONE_CALL: Readonly<Record<Name, string>> = {
  "@memory-api/client": `import { createConnection, fetchProfile } from "@memory-api/client";
export const profile = fetchProfile(createConnection(), { path: ${PATH} });`,
  "openapi-fetch": `import createClient from "openapi-fetch";
export const profile = createClient().GET("/v1/Stores/{storeId}/Profiles/{profileId}", { params: { path: ${PATH} } });`,
  twilio: `import twilio from "twilio";
export const profile = twilio("SK", "secret").memory.v1.profiles("s", "p").fetch();`,
};
const EVERYTHING = `export * from "@memory-api/client";
export * from "@memory-api/client/undici";
export * from "@memory-api/client/opentelemetry";`;

/** What is loaded for one call, minified and compressed, and what an installation brings. */
export async function measureSizes(): Promise<Measurement> {
  const { dependencies } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  const everything = await bundled(EVERYTHING, "browser");
  const oneCall = await bundled(ONE_CALL["@memory-api/client"], "browser");
  const rows = [];
  for (const name of ["@memory-api/client", "openapi-fetch", "twilio"] as const) {
    const { packages, bytes } = await installation(name);
    const call = await bundled(ONE_CALL[name], "node");
    rows.push([`${name} ${versions[name]}`, (call.bytes / 1e3).toFixed(1), String(packages), (bytes / 1e6).toFixed(1)]);
  }
  return {
    title: "Size",
    figures: [
      atMost("One call, bytes", oneCall.bytes, 8_000),
      atMost("Everything but the command, bytes", everything.bytes, 16_000),
      atMost("Runtime dependencies", Object.keys(dependencies).length, 2),
    ],
    comparison: [["", "One call, kB", "Packages installed", "MB installed"], ...rows],
    notes: ["Bundled and minified by esbuild, compressed by gzip; optional peers left out. Installed by npm"],
  };
}

function installation(name: Name): Promise<Installation> {
  if (name !== "@memory-api/client") return installed([`${name}@${versions[name]}`]);
  return withTarballs(installed);
}
