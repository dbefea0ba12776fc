import type { ImportStatus } from "@memory-api/types";

/** What the page of the sandbox shows. */
export interface Overview {
  /** Time of the sandbox, in UTC. */
  readonly now: string;
  readonly isFrozen: boolean;
  readonly stores: readonly StoreOverview[];
  /** Faults that are planned and have not ended. */
  readonly faults: number;
  /** The last requests, the newest first. */
  readonly requests: readonly RequestOverview[];
}

export interface StoreOverview {
  readonly id: string;
  /** IDs of the newest profiles, the newest first. */
  readonly profiles: readonly string[];
  /** Number of profiles, up to 1000. */
  readonly count: number;
  /** Profiles of recent requests that were merged, and the profile that each redirects to. */
  readonly merges: readonly { readonly id: string; readonly canonicalId: string }[];
  /** The newest first. */
  readonly imports: readonly ImportOverview[];
}

interface ImportOverview {
  readonly id: string;
  readonly filename: string;
  readonly status: ImportStatus;
  /** Bytes of the file. */
  readonly size: number;
  /** Bytes of the file that are processed. */
  readonly offset: number;
  readonly rows: number;
  readonly errors: number;
  readonly warnings: number;
}

interface RequestOverview {
  readonly time: string;
  readonly method: string;
  readonly path: string;
  /** Absent if the request has no response. */
  readonly status?: number;
}
