/**
 * Accepted but unfinished work, by store. The total is bounded. A store may use at most as much as it leaves free, so one store never takes
 * more than half, and there is always room for another.
 */
export class Backlog {
  readonly #limit: number;
  readonly #byStore = new Map<string, number>();
  #total = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get total(): number {
    return this.#total;
  }

  hasRoomFor(storeId: string, amount: number): boolean {
    return this.#of(storeId) + amount <= this.#limit - this.#total - amount;
  }

  /** @param amount negative for work that is done */
  add(storeId: string, amount: number): void {
    const ofStore = this.#of(storeId) + amount;
    if (ofStore === 0) this.#byStore.delete(storeId);
    else this.#byStore.set(storeId, ofStore);
    this.#total += amount;
  }

  #of(storeId: string): number {
    return this.#byStore.get(storeId) ?? 0;
  }
}
