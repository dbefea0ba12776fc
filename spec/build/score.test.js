import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const redocly = createRequire(import.meta.url).resolve("@redocly/cli/bin/cli.js");
const bundle = fileURLToPath(new URL("../dist/openapi.yaml", import.meta.url));

describe("the score", () => {
  const { agentReadiness, subscores } = JSON.parse(
    execFileSync(process.execPath, [redocly, "score", "--format=json", bundle], {
      encoding: "utf8",
      env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
      stdio: ["ignore", "pipe", "ignore"],
    }),
  );

  it("is at least 92.5", () => {
    expect(agentReadiness).toBeGreaterThanOrEqual(92.5);
  });

  it.each(["documentationQuality", "constraintClarity", "exampleCoverage", "errorClarity"])("is full in %s", (name) => {
    expect(subscores[name]).toBe(1);
  });
});
