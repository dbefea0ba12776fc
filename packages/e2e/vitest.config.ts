import { defineConfig, mergeConfig } from "vitest/config";
import repo from "../../vitest.config.ts";

export default mergeConfig(repo, defineConfig({ test: { globalSetup: ["test/support/folder-of-tarballs.ts"] } }));
