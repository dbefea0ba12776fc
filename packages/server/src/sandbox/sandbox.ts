import type { StoreId } from "@memory-api/types";
import type { SandboxSnapshot } from "./check-snapshot.ts";
import type { Consistency } from "./consistency/delayed-storage.ts";
import type { Faults, PlannedFault } from "./faults/faults.ts";
import type { RequestLog } from "./requests/request-log.ts";
import type { SandboxClock } from "./sandbox-clock.ts";
import type { Seed, SeededIds } from "./seed/seed.ts";

/** A complete Memory API in this process, with methods to control it. */
export interface Sandbox extends AsyncDisposable {
  /** Behaves like `fetch` over a network, but sends every request to the sandbox, regardless of the host. */
  readonly fetch: typeof fetch;
  /** Origin of its URLs, without a trailing slash. */
  readonly url: string;
  /** User name and password for HTTP Basic, under the names that `@memory-api/client` uses. */
  readonly credentials: { readonly apiKey: string; readonly apiSecret: string };
  /**
   * Options of a client of `@memory-api/client` that calls the sandbox.
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
     * Replaces the plan. If several faults match a request, the first one that fires applies.
     *
     * @throws {ApiError} 400 that names the place of an invalid fault, such as `/plan/0/fault/kind`; the plan does not change then
     */
    setPlan(plan: readonly PlannedFault[]): void;
  };
  readonly requests: Pick<RequestLog, "exchanges" | "clear">;
  readonly consistency: {
    /** Returns the mode, and the number of writes that are not visible yet. */
    state(): Promise<Consistency & { readonly pending: number }>;
    /** @throws {ApiError} 400 if the mode is unknown, or its time is missing */
    set(consistency: Consistency): Promise<void>;
    /**
     * Makes the oldest writes visible.
     *
     * @param count maximum number of writes; all of them by default
     * @returns the number of writes that became visible
     */
    step(count?: number): Promise<number>;
  };
  /**
   * Adds profiles and imports to a store.
   *
   * @throws {ApiError} if the API would reject them, or if an ID or an identifier already exists; nothing is added then
   */
  seed(seed: Seed): Promise<SeededIds>;
  /**
   * Returns to the initial state, including IDs and clock. Breaks the connections of requests that a fault delays or whose body is
   * incomplete.
   */
  reset(): Promise<void>;
  /** Waits for the requests and imports in progress, except for requests whose body is incomplete. */
  snapshot(): Promise<SandboxSnapshot>;
  /**
   * Returns to the state of a snapshot, after which the same requests produce the same responses. Breaks the connections of
   * requests whose body is incomplete.
   *
   * @throws {ApiError} 400 that names the place if the snapshot is invalid; nothing changes then
   */
  restore(snapshot: SandboxSnapshot): Promise<void>;
  /** Releases all resources. Breaks the connections of requests that a fault delays. Further calls have no effect. */
  close(): Promise<void>;
}
