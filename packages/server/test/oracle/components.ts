/** Which keys hang together, by what was joined: a union-find. */
export class Components {
  readonly #parents = new Map<string, string>();

  join(keys: readonly string[]): void {
    const [first, ...others] = keys;
    if (first === undefined) return;
    const root = this.rootOf(first);
    for (const key of others) this.#parents.set(this.rootOf(key), root);
  }

  /** A key that stands for all that hang together with this one. */
  rootOf(key: string): string {
    let root = key;
    for (let parent = this.#parents.get(root); parent !== undefined && parent !== root; ) {
      root = parent;
      parent = this.#parents.get(root);
    }
    this.#parents.set(key, root);
    return root;
  }
}
