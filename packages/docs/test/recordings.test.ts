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
  const client = `# @memory-api/client

## 1.1.0

### Minor Changes

- 1234abc: Adds a header

### Patch Changes

- Updated dependencies [1234abc]
  - @memory-api/types@1.1.0

## 1.0.0

### Major Changes

- 8951da7: First release
- Updated dependencies [8951da7]
  - @memory-api/types@1.0.0
`;

  it("lists the next release first, then each package without the versions of its dependencies", () => {
    expect(changelogOf([client], ["\nA header\nfor deprecations\n"])).toBe(`## Next release

- A header
  for deprecations

## @memory-api/client

### 1.1.0

**Minor Changes**

- Adds a header

### 1.0.0

**Major Changes**

- First release`);
  });

  it("says that there is no release", () => {
    expect(changelogOf([], [])).toBe("Nothing is released yet.");
  });
});
