export interface RunningServer {
  /** Where it listens, such as `http://127.0.0.1:4010`, without a slash at the end. */
  readonly url: string;
  /** Answers what is under way, lets go of imports, closes the storage. May be called again. */
  close(): Promise<void>;
}
