declare module "vitest" {
  interface TaskMeta {
    /** How much of the contract the tests reached; `pnpm test` prints it. */
    coverage?: string;
  }
}

export {};
