import "vitest";

declare module "vitest" {
  interface TaskMeta {
    /** What the test covered. `pnpm test` prints it. */
    coverage?: string;
  }
}
