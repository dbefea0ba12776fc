/**
 * Accepted but unfinished work, by account. The total is bounded. An account may use at most as much as it leaves free, so one account never
 * takes more than half, and there is always room for another.
 */
export class Backlog {
  readonly #limit: number;
  readonly #byAccount = new Map<string, number>();
  #total = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get total(): number {
    return this.#total;
  }

  hasRoomFor(accountSid: string, amount: number): boolean {
    return this.#of(accountSid) + amount <= this.#limit - this.#total - amount;
  }

  /** @param amount negative for work that is done */
  add(accountSid: string, amount: number): void {
    const ofAccount = this.#of(accountSid) + amount;
    if (ofAccount === 0) this.#byAccount.delete(accountSid);
    else this.#byAccount.set(accountSid, ofAccount);
    this.#total += amount;
  }

  #of(accountSid: string): number {
    return this.#byAccount.get(accountSid) ?? 0;
  }
}
