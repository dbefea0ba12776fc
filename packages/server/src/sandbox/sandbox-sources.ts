import { randomUUID } from "node:crypto";
import { type AcceptanceState, createAcceptance } from "../domain/accepted-at.ts";
import { createIdSource, type FillRandom, type IdSource, type IdState } from "../domain/type-id.ts";
import { type RandomState, type SeededRandom, seededRandom } from "../random/seeded-random.ts";
import { type ClockState, SandboxClock } from "./sandbox-clock.ts";

/** Where the sources of a sandbox stand, as plain data. */
export interface SourcesState {
  readonly clock: ClockState;
  readonly random: RandomState;
  readonly chance: RandomState;
  readonly requests: number;
  readonly ids: IdState;
  readonly acceptance: AcceptanceState;
}

/**
 * What tells one run of a server from another: its time, its IDs, the order of its writes. It can be put back to where it stood, after
 * which the same requests give the same answers.
 */
export class SandboxSources {
  readonly clock = new SandboxClock();
  readonly ids: IdSource;
  readonly accept: (ticks: number) => number;
  readonly #random: SeededRandom;
  /** Of its own, so that faults do not change IDs. */
  readonly #chance: SeededRandom;
  readonly #ids: IdState = { time: 0, counter: 0 };
  readonly #acceptance: AcceptanceState = { next: 0 };
  #requests = 0;

  constructor(seed: string) {
    this.#random = seededRandom(seed);
    this.#chance = seededRandom(`${seed} chance`);
    const now = () => this.clock.now();
    this.ids = createIdSource(now, this.#random, this.#ids);
    this.accept = createAcceptance(now, this.#acceptance);
  }

  /** A number from 0 up to, but not, 1. */
  readonly fraction = (): number => this.#chance.fraction();
  readonly fillRandom: FillRandom = (bytes) => this.#random(bytes);
  readonly requestId = (): string => `request-${++this.#requests}`;

  /** Makes other IDs from now on than any run before, whatever its seed was. */
  renewIds(): void {
    this.#random.restore(seededRandom(randomUUID()).save());
  }

  save(): SourcesState {
    return {
      clock: this.clock.save(),
      random: this.#random.save(),
      chance: this.#chance.save(),
      requests: this.#requests,
      ids: { ...this.#ids },
      acceptance: { ...this.#acceptance },
    };
  }

  restore(state: SourcesState): void {
    this.clock.restore(state.clock);
    this.#random.restore(state.random);
    this.#chance.restore(state.chance);
    this.#requests = state.requests;
    Object.assign(this.#ids, state.ids);
    Object.assign(this.#acceptance, state.acceptance);
  }
}
