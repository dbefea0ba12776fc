import type { DeclaredTraits } from "./contract/declared-traits.ts";

/** The implementation that is tested, and how to reach it. */
export interface Target {
  /** Without a trailing slash, such as `http://127.0.0.1:4010`. */
  readonly baseUrl: string;
  readonly account: Account;
  /** Another account with a store of its own. Without it, the checks that need one are listed as not run. */
  readonly otherAccount?: Account;
  /** Whether a write is visible as soon as its response arrives. Otherwise, it may take up to `eventualWithinMs`. */
  readonly isImmediate: boolean;
  /** Milliseconds within which an accepted write must be visible. */
  readonly eventualWithinMs: number;
  /** Milliseconds within which a small uploaded file must be imported. @default 60_000 */
  readonly importWithinMs?: number;
  /** A trait of the store whose data type is NUMBER. Without it, the checks that need one are listed as not run. */
  readonly numberTrait?: { readonly traitGroup: string; readonly traitName: string };
  /** The traits that the store of the account declares. @default those of the default store */
  readonly declaredTraits?: DeclaredTraits;
  /** Whether to send only requests that do not change the store. */
  readonly isReadOnly: boolean;
  /** Whether files may be uploaded to origins other than that of `baseUrl`, which an upload URL can name. @default false */
  readonly allowsOtherOrigins?: boolean;
  /** Base URL of the control API of a sandbox, if there is one. */
  readonly controlUrl?: string;
}

/** Credentials, and the store that they give access to. */
export interface Account {
  readonly storeId: string;
  readonly username: string;
  readonly password: string;
}
