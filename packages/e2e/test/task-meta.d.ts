import "vitest";

declare module "vitest" {
  interface TaskMeta {
    /** How much of the contract the tests covered. `pnpm test` prints it. */
    coverage?: string;
  }
}
