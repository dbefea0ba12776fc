import type { Phase, Scenario } from "../scenarios/scenario.ts";

/** Which scenarios run. Remembers the names that selected nothing, since a misspelled one must not count as a passed test. */
export class Selection {
  readonly #only: readonly string[];
  readonly #skip: readonly string[];
  readonly #used = new Set<string>();

  constructor(only: readonly string[] = [], skip: readonly string[] = []) {
    this.#only = only;
    this.#skip = skip;
  }

  /** Whether every scenario is selected, except those that are skipped by name. */
  get isWhole(): boolean {
    return this.#only.length === 0;
  }

  includes(phase: Phase, scenario: Scenario): boolean {
    const isMatch = (name: string) => scenario.name.startsWith(name) || phase.name === name;
    const matching = this.#only.filter(isMatch);
    for (const name of matching) this.#used.add(name);
    return (this.isWhole || matching.length > 0) && !this.#skip.some(isMatch);
  }

  /** Returns the problems of the names. Call it after the run. */
  problems(phases: readonly Phase[]): string[] {
    const list = phases.map(({ name }) => name).join(", ");
    const isKnown = (name: string) =>
      phases.some((phase) => phase.name.startsWith(name) || name.startsWith(`${phase.name}/`));
    return [
      ...this.#only
        .filter((name) => !this.#used.has(name))
        .map(
          (name) => `"only" contains ${name}, which matches no phase or scenario of this run. The phases are ${list}.`,
        ),
      ...this.#skip
        .filter((name) => !isKnown(name))
        .map((name) => `"skip" contains ${name}, which matches no phase. The phases are ${list}.`),
    ];
  }
}
