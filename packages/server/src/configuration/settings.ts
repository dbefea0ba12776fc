import type { StoreRules } from "../domain/stores/store-rules.ts";
import type { GeneratedCredential } from "./generated-secrets.ts";

/** The configuration as the server uses it: validated, with secrets and defaults. */
export interface Settings {
  readonly host: string;
  /** 0 selects a free port. */
  readonly port: number;
  /** Origin of the URLs in responses, such as `https://memory.example.com`. By default, the origin of the request. */
  readonly publicUrl?: string;
  /**
   * Base of `more_info` for the error codes that this project defines, with a trailing slash, such as
   * `https://memory.example.com/errors/`. By default, the base URL of the vendor.
   */
  readonly errorDocsUrl?: string;
  /** Addresses and networks of proxies whose `X-Forwarded-*` headers are trusted. */
  readonly trustedProxies: readonly string[];
  /** Folder of the embedded database, the uploads and the generated secrets. */
  readonly dataFolder: string;
  /** `postgres://…`. By default, the server uses the embedded database. */
  readonly databaseUrl?: string;
  /** Maximum number of connections of this process to PostgreSQL; 10 by default. */
  readonly databaseConnections?: number;
  /** By user name: an API key SID or an Account SID. */
  readonly credentials: ReadonlyMap<string, Credential>;
  /** By store ID. */
  readonly stores: ReadonlyMap<string, StoreSettings>;
  readonly rateLimits: RateLimits;
  readonly limits: Limits;
  /** The first key signs, and every key is accepted. */
  readonly signingKeys: readonly [SigningKey, ...SigningKey[]];
  readonly imports: ImportSettings;
  readonly timeouts: Timeouts;
  readonly logLevel: "debug" | "info" | "warn" | "error" | "silent";
  /** Interval at which the server looks for changed files of its configuration, in milliseconds. By default, it does not look. */
  readonly reloadMs?: number;
  /** Enables the control API, seeded IDs and a clock that can be moved. */
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

/** Sustained requests per second, and the size of a burst. Applies per account and class, or per address. */
export interface RateLimit {
  readonly perSecond: number;
  readonly burst: number;
}

export type OperationClass = "read" | "write" | "bulk" | "import";

/** A class that is absent has no limit. */
export type RateLimits = { readonly [Class in OperationClass | "address"]?: RateLimit };

/** How much there may be at the same time. Without a value, there is no limit. */
export interface Limits {
  readonly connections?: number;
  /** Of a client address: an IPv4 address, or an IPv6 network of 64 bits. Does not apply to trusted proxies. */
  readonly connectionsPerAddress?: number;
  /** Requests under way with the credentials of an account. */
  readonly requestsPerAccount?: number;
}

export interface SigningKey {
  /** Letters, digits, `-` and `_`. Part of everything that the key signs. */
  readonly id: string;
  /** At least 32 bytes. */
  readonly secret: Uint8Array;
}

export interface ImportSettings {
  /** Time after which another process can continue the import of a process that exited, in milliseconds. */
  readonly leaseMs: number;
  /** Interval at which a process looks for imports that are due, in milliseconds. */
  readonly pollMs: number;
}

/** Milliseconds. */
export interface Timeouts {
  /** For the headers of a request. */
  readonly headersMs: number;
  /** For a JSON body. */
  readonly bodyMs: number;
  /** Between two chunks of an upload. */
  readonly idleMs: number;
  /** Between SIGTERM and the moment when the server stops accepting requests, so that a load balancer can react. */
  readonly unreadyMs: number;
  /** For the requests in progress after that. */
  readonly drainMs: number;
}

interface SandboxSettings {
  /** With the same seed, the same requests produce the same IDs, times and bytes. */
  readonly seed: string;
  /** The credential that the server generated, if any. The pages of the sandbox show it. */
  readonly credential?: GeneratedCredential;
  /** Folder of the documentation site, which the sandbox then serves. */
  readonly docsFolder?: string;
}
