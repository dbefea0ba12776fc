import type { ClientOptions, Credentials, MemoryClient } from "@memory-api/client";

/** Where the suite finds a sandbox that holds nothing. */
export interface SandboxSettings {
  readonly baseUrl: string;
  readonly storeId: `mem_store_${string}`;
  readonly credentials: Credentials;
  /** Other credentials of the same account, with letters that are not of ASCII. */
  readonly foreignCredentials: Credentials;
  /** Nobody listens there. */
  readonly unreachableUrl: string;
}

/** What the suite is told, as JSON. */
export interface SuiteSettings extends SandboxSettings {
  /** Path of the {@link csvFile} of the name `path`; absent where the runtime has no files. */
  readonly file?: string;
  /** Whether the runtime tells a refused connection from one that broke. */
  readonly tellsRefusals: boolean;
}

/** What a check works with. */
export interface CheckContext {
  readonly settings: SuiteSettings;
  /** A client of its own, with the credentials and the address of the settings unless it is told otherwise. */
  memory(options?: ClientOptions): MemoryClient;
}

/** A behaviour that has to be the same on every runtime. */
export interface Check {
  /** A sentence. */
  readonly name: string;
  /** @throws whatever shows that it is not so */
  run(context: CheckContext): Promise<void>;
}

/** How a check ended. */
export interface CheckResult {
  readonly name: string;
  readonly ok: boolean;
  readonly error?: string;
}
