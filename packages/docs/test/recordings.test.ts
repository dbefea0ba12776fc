import { describe, expect, it } from "vitest";
import mergeSteps from "../src/drawings/merge-steps.json" with { type: "json" };
import { recordMerge } from "../src/drawings/record-merge.ts";
import { changelogOf } from "../src/releases/changelog.ts";
import metrics from "../src/server/metrics.json" with { type: "json" };
import { recordMetrics } from "../src/server/record-metrics.ts";

describe("what the site shows of a server", () => {
  it("is the merge of the guide as it happens: otherwise, run `node build/record-merge.ts`", async () => {
    expect(await recordMerge()).toEqual(mergeSteps);
  });

  it("is the list of its metrics: otherwise, run `node build/record-metrics.ts`", async () => {
    expect(await recordMetrics()).toEqual(metrics);
  });
});

describe("the changelog", () => {
  const client = "# @memory-api/client\n\n## 1.0.0\n\n### Major Changes\n\n- 8951da7: First release\n";

  it("lists the next release first, then each package", () => {
    expect(changelogOf([client], ["\nA header\nfor deprecations\n"])).toBe(
      "## Next release\n\n- A header\n  for deprecations\n\n" +
        "## @memory-api/client\n\n### 1.0.0\n\n#### Major Changes\n\n- 8951da7: First release",
    );
  });

  it("says that there is no release", () => {
    expect(changelogOf([], [])).toBe("Nothing is released yet.");
  });
});
