import { JsonReporter, type TestModule } from "vitest/node";

declare module "vitest" {
  interface TaskMeta {
    /** The argument of `context.skip`. */
    skipReason?: string;
  }
}

/** Adds to Vitest's JSON report the reason of each skipped test, which Vitest omits. */
export class SkipReasonReporter extends JsonReporter {
  override async onTestRunEnd(modules: readonly TestModule[]): Promise<void> {
    for (const module of modules) {
      for (const test of module.children.allTests("skipped")) {
        const result = test.result();
        if (result.state === "skipped" && result.note) test.meta().skipReason = result.note;
      }
    }
    await super.onTestRunEnd(modules);
  }
}
