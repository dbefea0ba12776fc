/** The only source of time of a server. Injected, so that a sandbox can freeze and advance it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}
