import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";

/** What this test reads of a `package.json`. */
interface Manifest {
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  peerDependenciesMeta?: Record<string, { optional?: boolean }>;
}

const manifest: Manifest = JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8"));

/** Names of the packages that are installed together with a package. */
function installedWith({ peerDependenciesMeta: meta = {}, ...manifest }: Manifest): string[] {
  const peers = Object.keys(manifest.peerDependencies ?? {}).filter((name) => !meta[name]?.optional);
  return [...Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }), ...peers].sort();
}

describe("the packages that are installed with this one", () => {
  it("are only the types", () => {
    expect(installedWith(manifest)).toEqual(["@memory-api/types"]);
  });

  it("do not include openapi-fetch, which is an optional peer", () => {
    expect(manifest.peerDependencies).toHaveProperty("openapi-fetch");
    expect(manifest.peerDependenciesMeta?.["openapi-fetch"]).toEqual({ optional: true });
  });

  it("would include a required peer", () => {
    const dependencies = { "openapi-fetch": "0.17.0" };
    expect(installedWith({ dependencies, peerDependencies: { undici: ">=7" } })).toEqual(["openapi-fetch", "undici"]);
  });
});
