import { defineConfig } from "vitest/config";

/** `test` does not run these files, because they ask npm. */
export default defineConfig({ test: { include: ["test/soak/*.soak.ts"], testTimeout: 120_000 } });
