export type { Configuration } from "#generated/configuration.js";
export { ConfigurationError, type Mistake } from "./configuration/configuration-error.ts";
export type { Consistency } from "./sandbox/consistency/delayed-storage.ts";
export { createSandbox, type Sandbox, type SandboxOptions } from "./sandbox/create-sandbox.ts";
export type { Fault } from "./sandbox/faults/fault.ts";
export type { FiredFault, PlannedFault } from "./sandbox/faults/faults.ts";
export type { ExchangeRecord } from "./sandbox/requests/exchange-record.ts";
export type { SandboxSnapshot } from "./sandbox/sandbox-control.ts";
export type { Seed, SeededIds, SeedImport, SeedProfile } from "./sandbox/seed/seed.ts";
