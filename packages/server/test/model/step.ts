import type { ProfileId, StoreId } from "@memory-api/types";
import type fc from "fast-check";
import type { KeepAliveClient } from "../support/keep-alive-client.ts";
import type { OpenList } from "./list-steps.ts";
import type { Model } from "./model.ts";

/** The server that the model is held against. */
export interface Real {
  readonly client: KeepAliveClient;
  readonly storeId: StoreId;
  /** A list of which more pages are to be read. */
  openList: OpenList | undefined;
}

/** One request or a few, made to the server and to the model, whose answers must be the same. */
export type Step = fc.AsyncCommand<Model, Real>;

/** @param description what the report of a failure shows */
export function step(description: string, run: (model: Model, real: Real) => Promise<void>): Step {
  return { check: () => true, run, toString: () => description };
}

const UNKNOWN_ID = "mem_profile_7zzzzzzzzzzzzzzzzzzzzzzzzz";

/** One of the IDs that answers told, or one that nobody ever told. */
export function anyId(model: Model, choice: number): ProfileId {
  return model.ids[choice % (model.ids.length + 1)] ?? UNKNOWN_ID;
}
