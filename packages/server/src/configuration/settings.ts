import type { StoreRules } from "../domain/store-rules.ts";

/** The configuration as the server uses it: complete, checked, its secrets read. */
export interface Settings {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Origin of the URLs that answers hold, such as `https://memory.example.com`; that of the request without it. */
  readonly publicUrl?: string;
  /**
   * Base of `more_info` for the error codes that this project defines, with a slash at the end, such as
   * `https://memory.example.com/errors/`; that of the vendor without it.
   */
  readonly errorDocsUrl?: string;
  /** Addresses and networks whose `X-Forwarded-*` is believed. */
  readonly trustedProxies: readonly string[];
  /** Folder of the embedded database, of uploads and of what the server generated for itself. */
  readonly dataFolder: string;
  /** `postgres://…`; the embedded database without it. */
  readonly databaseUrl?: string;
  /** How many connections to PostgreSQL this process may hold at once; 10 without it. */
  readonly databaseConnections?: number;
  /** By user name: an API key SID or an Account SID. */
  readonly credentials: ReadonlyMap<string, Credential>;
  /** By store ID. */
  readonly stores: ReadonlyMap<string, StoreSettings>;
  readonly rateLimits: RateLimits;
  /** The first signs; each is accepted. So a new key is added second everywhere before it becomes the first anywhere. */
  readonly signingKeys: readonly [SigningKey, ...SigningKey[]];
  readonly imports: ImportSettings;
  readonly timeouts: Timeouts;
  readonly logLevel: "debug" | "info" | "warn" | "error" | "silent";
  /** The control API, seeded IDs and a clock that can be moved; absent in a service. */
  readonly sandbox?: SandboxSettings;
}

export interface Credential {
  readonly accountSid: string;
  /** 32 bytes. */
  readonly secretSha256: Uint8Array;
}

export interface StoreSettings {
  readonly accountSid: string;
  readonly rules: StoreRules;
}

/** Requests a second that are let through for good, and how many at once. Per account and class, and per address. */
export interface RateLimit {
  readonly perSecond: number;
  readonly burst: number;
}

export type OperationClass = "read" | "write" | "bulk" | "import";

/** A class without a limit is not limited. */
export type RateLimits = { readonly [Class in OperationClass | "address"]?: RateLimit };

export interface SigningKey {
  /** Stands in what it signed: letters, digits, `-` and `_`. */
  readonly id: string;
  /** 32 bytes or more. */
  readonly secret: Uint8Array;
}

export interface ImportSettings {
  /** How long a process that died keeps an import to itself, in milliseconds. */
  readonly leaseMs: number;
  /** How often a process looks for imports that are due, in milliseconds. */
  readonly pollMs: number;
}

/** Milliseconds. */
export interface Timeouts {
  /** For the headers of a request. */
  readonly headersMs: number;
  /** For a JSON body. */
  readonly bodyMs: number;
  /** Between two pieces of an upload. */
  readonly idleMs: number;
  /** For a balancer to notice that the server, which was told to stop, is not ready. It takes requests all the while. */
  readonly unreadyMs: number;
  /** For what is under way after that. */
  readonly drainMs: number;
}

interface SandboxSettings {
  /** The same seed and the same requests give the same IDs, times and bytes. */
  readonly seed: string;
}
