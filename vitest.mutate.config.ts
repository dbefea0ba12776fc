import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { defineConfig, mergeConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import repo from "./vitest.config.ts";

interface Manifest {
  readonly name: string;
  readonly exports: Record<string, string | { readonly types: string }>;
}

// Stryker runs this in a copy of the package.
const { name, exports }: Manifest = JSON.parse(readFileSync("package.json", "utf8"));

/** The entry points of the package, as files of `src`: a test that imports `dist` would not see the mutants. */
const alias = Object.entries(exports).flatMap(([path, target]) => {
  if (typeof target === "string") return [];
  const source = target.types.replace("./dist/", "src/").replace(/\.d\.ts$/, ".ts");
  return [{ find: new RegExp(`^${name}${path.slice(1)}$`), replacement: resolve(source) }];
});

/** Begins with the files that failed for the previous mutant, and then runs the fastest first, since the first failure ends a run. */
class QuickestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const cost = (file: TestSpecification) => {
      const previous = this.ctx.cache.getTestSpecificationResult(file);
      return previous === undefined || previous.failed ? 0 : previous.duration;
    };
    return files.toSorted((one, other) => cost(one) - cost(other));
  }
}

export default mergeConfig(
  repo,
  defineConfig({
    resolve: { alias },
    test: {
      include: ["test/**/*.test.ts"],
      // They run published files or other processes, which contain no mutants, measure memory, or repeat what faster tests check.
      exclude: [
        "test/{behaviors,faults}.test.ts",
        "test/{command,crash,model,oracle,processes,weight}/**",
        "test/**/memory.test.ts",
      ],
      sequence: { sequencer: QuickestFirst },
      // Many mutants leave a promise pending.
      testTimeout: 30_000,
      hookTimeout: 30_000,
    },
  }),
);
