import type { CheckResult, SandboxSettings } from "./suite/check.ts";

/** What runs the suite. */
export interface Runtime {
  readonly name: string;
  /** What its report has as the version, or begins with. */
  readonly version: string;
  /** Why it cannot run here, and what enables it. */
  readonly reasonToSkip?: string | undefined;
  /** @param folder where the suite is installed */
  run(folder: string, settings: SandboxSettings): Promise<RuntimeReport>;
}

export interface RuntimeReport {
  readonly version: string;
  readonly results: readonly CheckResult[];
}
