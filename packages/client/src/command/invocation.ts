import type { Options } from "./arguments.ts";
import type { Store } from "./store.ts";

/** A call of a command, as its function receives it. */
export interface Invocation {
  /** The arguments that are neither options nor the words that name the command. */
  readonly operands: readonly string[];
  readonly options: Options;
  /**
   * Opens the store that the options name. Sends nothing.
   *
   * @throws {UsageError} if the store, its ready file, the URL of the API or the credentials are missing or invalid
   */
  readonly openStore: () => Promise<Store>;
  /** Ends the command early. */
  readonly signal: AbortSignal;
}
