import type { StoreId } from "@memory-api/types";
import type { Consistency } from "./consistency/delayed-storage.ts";
import type { Faults, PlannedFault } from "./faults/faults.ts";
import type { RequestLog } from "./requests/request-log.ts";
import type { SandboxClock } from "./sandbox-clock.ts";
import type { SandboxSnapshot } from "./sandbox-control.ts";
import type { Seed, SeededIds } from "./seed/seed.ts";

/** A whole Memory API in the process that uses it, with the means to steer it. */
export interface Sandbox extends AsyncDisposable {
  /** Sends every request to the sandbox, whatever its host, and answers as the network would. */
  readonly fetch: typeof fetch;
  /** Origin of its URLs, without a slash at the end. */
  readonly url: string;
  /** User name and password for HTTP Basic, under the names that `@memory-api/client` uses. */
  readonly credentials: { readonly apiKey: string; readonly apiSecret: string };
  /**
   * What a client of `@memory-api/client` takes to reach the sandbox.
   *
   * @example
   * const memory = createMemoryClient(sandbox.clientOptions);
   */
  readonly clientOptions: {
    readonly baseUrl: string;
    readonly credentials: Sandbox["credentials"];
    readonly fetch: typeof fetch;
  };
  /** ID of its first store. */
  readonly storeId: StoreId;
  readonly clock: Pick<SandboxClock, "now" | "isFrozen" | "freeze" | "resume" | "advance">;
  readonly faults: Pick<Faults, "plan" | "fired" | "clear"> & {
    /**
     * Replaces the plan. Of several faults that fit a request the first one that fires is its fault.
     *
     * @throws {ApiError} if no fault is as the plan has it, with the place, such as `/plan/0/fault/kind`; the plan stays as it was then
     */
    setPlan(plan: readonly PlannedFault[]): void;
  };
  readonly requests: Pick<RequestLog, "exchanges" | "clear">;
  readonly consistency: {
    /** The mode, and how many writes are not visible yet. */
    state(): Promise<Consistency & { readonly pending: number }>;
    /** @throws {ApiError} if there is no such mode, or it lacks its time */
    set(consistency: Consistency): Promise<void>;
    /** Makes the oldest so many writes visible, or all of them; says how many there were. */
    step(count?: number): Promise<number>;
  };
  /**
   * Adds profiles and imports to what a store holds, with the IDs that are given.
   *
   * @throws {ApiError} if the API would refuse them, or an ID or an identifier is taken; nothing is added then
   */
  seed(seed: Seed): Promise<SeededIds>;
  /** Goes back to the state at creation, IDs and clock too. Requests that a fault still holds up break off. */
  reset(): Promise<void>;
  snapshot(): Promise<SandboxSnapshot>;
  /** Goes back to a moment, after which the same requests give the same answers. */
  restore(snapshot: SandboxSnapshot): Promise<void>;
  /** Releases everything. Requests that a fault still holds up break off. Further calls have no effect. */
  close(): Promise<void>;
}
