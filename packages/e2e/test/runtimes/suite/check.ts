import type { ClientOptions, Credentials, MemoryClient } from "@memory-api/client";

/** An empty sandbox that the suite can use. */
export interface SandboxSettings {
  readonly baseUrl: string;
  readonly storeId: `mem_store_${string}`;
  readonly credentials: Credentials;
  /** Other credentials of the same account, with non-ASCII characters. */
  readonly nonAsciiCredentials: Credentials;
  /** A URL that refuses connections. */
  readonly unreachableUrl: string;
}

/** The same sandbox, with other ways to reach it. */
export interface NetworkSettings extends SandboxSettings {
  /** The sandbox over HTTPS, at 127.0.0.1. */
  readonly httpsUrl: string;
  readonly proxyUrl: string;
  /** Path of a PEM file with a private key and its certificate, which servers and clients share. */
  readonly identityFile: string;
}

/** The settings of the suite, which are passed as JSON. */
export interface SuiteSettings extends SandboxSettings {
  /** Path of a file with the lines of `csvFile("path")`. Absent if the runtime has no file system. */
  readonly file?: string;
  /** Whether the runtime distinguishes a refused connection from a broken one. */
  readonly detectsRefusedConnections: boolean;
}

/** The context of a check. */
export interface CheckContext {
  readonly settings: SuiteSettings;
  /** Creates a client. By default, it has the credentials and the base URL of the settings. */
  memory(options?: ClientOptions): MemoryClient;
}

/** A behavior that must be the same on every runtime. */
export interface Check {
  /** A sentence that continues "the client". */
  readonly name: string;
  /** Rejects if the client behaves differently. */
  run(context: CheckContext): Promise<void>;
}

/** The result of a check. */
export interface CheckResult {
  readonly name: string;
  readonly ok: boolean;
  readonly error?: string;
}
