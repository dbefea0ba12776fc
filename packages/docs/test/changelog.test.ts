import { describe, expect, it } from "vitest";
import { changelogOf } from "../src/releases/changelog.ts";

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
