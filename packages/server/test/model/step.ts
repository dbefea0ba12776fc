import type { ProfileId, StoreId } from "@memory-api/types";
import type fc from "fast-check";
import type { KeepAliveClient } from "../support/keep-alive-client.ts";
import type { OpenList } from "./list-steps.ts";
import type { Model } from "./model.ts";

/** The server that is compared with the model. */
export interface Real {
  readonly client: KeepAliveClient;
  readonly storeId: StoreId;
  /** A list with further pages to read. */
  openList: OpenList | undefined;
}

/** One or a few requests to both the server and the model, whose results must be the same. */
export type Step = fc.AsyncCommand<Model, Real>;

/** @param description shown in failure reports */
export function step(description: string, run: (model: Model, real: Real) => Promise<void>): Step {
  return { check: () => true, run, toString: () => description };
}

const UNKNOWN_ID = "mem_profile_7zzzzzzzzzzzzzzzzzzzzzzzzz";

/** One of the known IDs, or an unknown one. */
export function anyId(model: Model, choice: number): ProfileId {
  return model.ids[choice % (model.ids.length + 1)] ?? UNKNOWN_ID;
}
