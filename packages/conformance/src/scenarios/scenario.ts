import type { Session } from "./session.ts";

/** One independent test. It creates what it needs, so that it can run beside others and be repeated. */
export interface Scenario {
  /** Unique and stable: `--only`, `--skip` and the report name it. */
  readonly name: string;
  /** Whether it changes the store of the target. `--read-only` skips it. */
  readonly isWriting: boolean;
  /** Reports what is wrong to the session. Throws only if the scenario itself cannot continue. */
  readonly run: (session: Session) => Promise<void>;
}

/** A group of scenarios with one purpose. Phases run one after the other. */
export interface Phase {
  /** In kebab-case. */
  readonly name: string;
  readonly title: string;
  /** Scenarios that run at once. Timing matters to some phases. */
  readonly concurrency: number;
  readonly scenarios: (context: PhaseContext) => Iterable<Scenario> | AsyncIterable<Scenario>;
}

/** What a phase needs to know to choose its scenarios. */
export interface PhaseContext {
  readonly contract: import("../contract/contract.ts").Contract;
  readonly target: import("../target.ts").Target;
  readonly seed: number;
  readonly profile: RunProfile;
}

/** How much is tested: `quick` under a minute, `full` in CI, `soak` at night. */
export type RunProfile = "quick" | "full" | "soak";
