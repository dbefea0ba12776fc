import { AsyncLocalStorage } from "node:async_hooks";

/** Aborted once the caller of the request under way gives up. Over the network a connection that closes says so. */
export const callerInProcess = new AsyncLocalStorage<AbortSignal>();
