import { AsyncLocalStorage } from "node:async_hooks";

/** The signal of the caller of the current request. It replaces the `close` event of a connection over the network. */
export const callerInProcess = new AsyncLocalStorage<AbortSignal>();
