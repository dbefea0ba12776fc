import { digestOf, type LoadedConfiguration } from "./load-configuration.ts";

/** Reloads a configuration on request, and when its files have changed. One reload runs at a time. */
export class ConfigurationWatch {
  readonly #reload: (files: readonly string[]) => Promise<LoadedConfiguration>;
  /** The configuration that was read last, in force or refused. */
  #last: Pick<LoadedConfiguration, "files" | "digest">;
  /** The digest at the last look. */
  #seen: string;
  #running: Promise<void> | undefined;
  #isRequested = false;

  /**
   * @param loaded the configuration in force
   * @param reload reads the configuration, puts it in force or refuses it, and returns what it read; receives the files that it read last
   */
  constructor(
    loaded: Pick<LoadedConfiguration, "files" | "digest">,
    reload: (files: readonly string[]) => Promise<LoadedConfiguration>,
  ) {
    this.#last = loaded;
    this.#seen = loaded.digest;
    this.#reload = reload;
  }

  /** Reloads the configuration. A request that arrives during a reload causes another one. Resolves when all of them are done. */
  request(): Promise<void> {
    this.#isRequested = true;
    this.#running ??= this.#run();
    return this.#running;
  }

  /**
   * Compares the files with those that were read last. Reloads them if they differ, and have not changed since the last look: files that are
   * being written are left alone.
   */
  async look(): Promise<void> {
    const digest = await digestOf(this.#last.files);
    const isUnchanged = digest === this.#seen;
    this.#seen = digest;
    if (isUnchanged && digest !== this.#last.digest) await this.request();
  }

  async #run(): Promise<void> {
    try {
      while (this.#isRequested) {
        this.#isRequested = false;
        this.#last = await this.#reload(this.#last.files);
        this.#seen = this.#last.digest;
      }
    } finally {
      this.#running = undefined;
    }
  }
}
