import { randomUUID } from "node:crypto";
import { type AcceptanceState, createAcceptance } from "../domain/commands/accepted-at.ts";
import { createIdSource, type FillRandom, type IdSource, type IdState } from "../domain/commands/type-id.ts";
import { type RandomState, type SeededRandom, seededRandom } from "../random/seeded-random.ts";
import { type ClockState, SandboxClock } from "./sandbox-clock.ts";

/** The state of the sources of a sandbox, as plain data. */
export interface SourcesState {
  readonly clock: ClockState;
  readonly random: RandomState;
  readonly chance: RandomState;
  readonly requests: number;
  readonly ids: IdState;
  readonly acceptance: AcceptanceState;
}

/**
 * Everything that differs between two runs of a server: its time, its IDs and the order of its writes. After `restore`, the same
 * requests produce the same responses.
 */
export class SandboxSources {
  readonly clock = new SandboxClock();
  readonly ids: IdSource;
  readonly accept: (ticks: number) => number;
  readonly #random: SeededRandom;
  /** Separate, so that faults do not change the IDs. */
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

  /** Returns a number from 0 (inclusive) to 1 (exclusive). */
  readonly fraction = (): number => this.#chance.fraction();
  readonly fillRandom: FillRandom = (bytes) => this.#random(bytes);
  readonly requestId = (): string => `request-${++this.#requests}`;

  /** Makes the following IDs differ from those of all earlier runs, regardless of their seeds. */
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
