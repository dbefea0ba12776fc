import { readFileSync } from "node:fs";
import { atMost, type Measurement } from "./figure.ts";
import { type BundledProgram, bundleBudgets } from "./sizes/bundle-budgets.ts";
import { bundled } from "./sizes/bundled.ts";
import { installed, withTarballs } from "./sizes/installed.ts";
import { recordModuleSizes } from "./sizes/module-record.ts";
import { versions } from "./versions.ts";

const openapiFetch = `openapi-fetch@${versions["openapi-fetch"]}`;
const twilio = `twilio@${versions.twilio}`;

const compared = [
  {
    name: `@memory-api/client ${versions["@memory-api/client"]}`,
    program: bundleBudgets.oneCall.program,
    install: () => withTarballs(installed),
  },
  {
    name: `@memory-api/client/openapi-fetch ${versions["@memory-api/client"]} with openapi-fetch ${versions["openapi-fetch"]}`,
    program: bundleBudgets.fetchClientCall.program,
    install: () => withTarballs((tarballs) => installed([...tarballs, openapiFetch])),
  },
  {
    name: `openapi-fetch ${versions["openapi-fetch"]}`,
    program: `import createClient from "openapi-fetch";
export const result = createClient().GET("/v1/Stores/{storeId}/Profiles/{profileId}", {
  params: { path: { storeId: "s", profileId: "p" } },
});`,
    install: () => installed([openapiFetch]),
  },
  {
    name: `twilio ${versions.twilio}`,
    program: `import twilio from "twilio";
export const profile = twilio("SK", "secret").memory.v1.profiles("s", "p").fetch();`,
    install: () => installed([twilio]),
  },
];

/** Measures the bundles and the size of an installation, and records the size of each module. */
export async function measureSizes(): Promise<Measurement> {
  await recordModuleSizes();
  const { dependencies } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  const bytesOf = async (name: BundledProgram) => (await bundled(bundleBudgets[name].program, "browser")).bytes;
  const rows = [];
  for (const { name, program, install } of compared) {
    const oneCall = await bundled(program, "node");
    const { packages, bytes } = await install();
    rows.push([name, (oneCall.bytes / 1e3).toFixed(1), String(packages), (bytes / 1e6).toFixed(1)]);
  }
  return {
    title: "Size",
    figures: [
      atMost("One call, bytes", await bytesOf("oneCall"), bundleBudgets.oneCall.budget),
      atMost(
        "One call of the openapi-fetch client, openapi-fetch included, bytes",
        await bytesOf("fetchClientCall"),
        bundleBudgets.fetchClientCall.budget,
      ),
      atMost(
        "Everything except the command and the openapi-fetch client, bytes",
        await bytesOf("everything"),
        bundleBudgets.everything.budget,
      ),
      atMost("Runtime dependencies", Object.keys(dependencies).length, 2),
    ],
    comparison: [["", "One call, kB", "Packages installed", "MB installed"], ...rows],
    notes: [
      "Bundled and minified by esbuild for the browser, in the comparison for Node.js, and compressed by gzip. `undici` and `@opentelemetry/api` are not included. Installed by npm",
    ],
  };
}
