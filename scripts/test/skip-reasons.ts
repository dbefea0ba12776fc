import { JsonReporter, type TestModule } from "vitest/node";

declare module "vitest" {
  interface TaskMeta {
    /** What the test gave to `context.skip`. */
    skipReason?: string;
  }
}

/** Vitest's JSON report, with the reason of each skipped test, which vitest leaves out. */
export class ReportWithSkipReasons extends JsonReporter {
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
