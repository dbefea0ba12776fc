export type { Blame, Severity, Source } from "../findings/finding.ts";
export type { HttpRequest, HttpResponse } from "../http/exchange.ts";
export { type ConsumerFinding, ContractViolationError } from "./contract-violation-error.ts";
export { checkUsageManifest, StaleUsageManifestError, type UsageMode } from "./manifest/check-usage-manifest.ts";
export {
  InvalidUsageManifestError,
  mergeUsageManifests,
  type OperationUsage,
  parseUsageManifest,
  type ResponseUsage,
  readUsageManifest,
  type UsageManifest,
} from "./manifest/usage-manifest.ts";
export { type SetupUsageOptions, setupUsage } from "./setup-usage.ts";
export { createUsage, type Usage, type UsageOptions } from "./usage.ts";
