/** Disjoint sets of keys. */
export class UnionFind {
  readonly #parents = new Map<string, string>();

  /** @returns a member that represents the set of the key */
  find(key: string): string {
    let root = key;
    for (let next = this.#parents.get(root); next !== undefined; next = this.#parents.get(root)) root = next;
    // Later searches are shorter.
    for (let at = key; at !== root; ) {
      const next = this.#parents.get(at) ?? root;
      this.#parents.set(at, root);
      at = next;
    }
    return root;
  }

  /** Makes one set of the sets of all keys. */
  join(keys: readonly string[]): void {
    const [first] = keys;
    if (first === undefined) return;
    for (const key of keys) {
      const root = this.find(key);
      const survivor = this.find(first);
      if (root !== survivor) this.#parents.set(root, survivor);
    }
  }
}
