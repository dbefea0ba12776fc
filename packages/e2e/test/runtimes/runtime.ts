import type { CheckResult, SandboxSettings } from "./suite/check.ts";

/** A runtime that the client supports. */
export interface Runtime {
  readonly name: string;
  /** Expected prefix of the version in the report. */
  readonly version: string;
  /** Why the runtime is not available on this machine, and how to install it. */
  readonly reasonToSkip?: string | undefined;
  /**
   * Runs the suite.
   *
   * @param folder where the suite is installed
   */
  run(folder: string, settings: SandboxSettings): Promise<RuntimeReport>;
}

export interface RuntimeReport {
  readonly version: string;
  readonly results: readonly CheckResult[];
}
