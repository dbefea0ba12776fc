/** A union-find: the connected components of keys that were joined. */
export class Components {
  readonly #parents = new Map<string, string>();

  join(keys: readonly string[]): void {
    const [first, ...others] = keys;
    if (first === undefined) return;
    const root = this.rootOf(first);
    for (const key of others) this.#parents.set(this.rootOf(key), root);
  }

  /** The representative key of the component of a key. */
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
