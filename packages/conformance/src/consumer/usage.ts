import { RESPONSE_CHECKS } from "../checks/response-checks.ts";
import { installedContract } from "../contract/contract.ts";
import type { Violation } from "../findings/finding.ts";
import type { HttpRequest, HttpResponse } from "../http/exchange.ts";
import { CONSUMER_CHECKS } from "./consumer-checks.ts";
import { type ConsumerFinding, ContractViolationError } from "./contract-violation-error.ts";
import { describeFinding } from "./describe-finding.ts";
import type { UsageManifest } from "./manifest/usage-manifest.ts";
import { UsageRecorder } from "./manifest/usage-recorder.ts";
import { interceptJsonParse } from "./response/parsed-texts.ts";
import { type ReportViolations, WatchedFetch } from "./watched-fetch.ts";

/** How the requests and responses of a consumer are checked. */
export interface UsageOptions {
  /**
   * What happens when a request or a response does not match the contract. `throw`: the call of `fetch`, or reading the property, throws
   * a {@link ContractViolationError}. `collect`: the code under test is not affected, and `assertNoFindings` throws the error.
   *
   * @default "throw"
   */
  readonly onFinding?: "throw" | "collect";
  /**
   * Requests that are not for the Memory API. They are sent unchecked.
   *
   * @default none
   */
  readonly ignore?: (request: { readonly method: string; readonly url: URL }) => boolean;
  /**
   * Prefix that a gateway adds to every path, such as `/memory`.
   *
   * @default none
   */
  readonly basePath?: string;
  /**
   * Request headers that the consumer may send although neither the contract nor HTTP has them.
   *
   * @default none
   */
  readonly allowedHeaders?: readonly string[];
  /**
   * Whether parsed bodies report which properties are read. Such a body is a `Proxy`, which `structuredClone` and `postMessage` reject. With
   * `false`, the manifest says that any property may matter.
   *
   * @default true
   */
  readonly tracksReads?: boolean;
}

/** Checks what a consumer sends and receives in its tests against the contract, and records what it uses. */
export interface Usage {
  /** All findings so far. */
  readonly findings: readonly ConsumerFinding[];
  /**
   * Returns a `fetch` that sends each request with the given one and checks it. Pass it to the code under test.
   *
   * The call resolves when the body of the response has arrived. Bodies of requests and responses are passed on unchanged, and the bytes of
   * an upload are not read.
   */
  wrap(send: typeof fetch): typeof fetch;
  /**
   * Throws the findings since the last call, even if they were thrown before, because the code under test may have caught them.
   *
   * @throws {ContractViolationError}
   */
  assertNoFindings(): void;
  /** Returns what the consumer has sent and read so far. */
  manifest(): UsageManifest;
  /** Restores `JSON.parse`. */
  close(): void;
}

const CHECKS = new Map([...RESPONSE_CHECKS, ...CONSUMER_CHECKS].map((each) => [each.code, each]));

/**
 * Starts to record what a consumer uses. In the hooks of a test runner, use {@link setupUsage}.
 *
 * While `tracksReads` is not `false`, `JSON.parse` is replaced until `close`, because most clients parse the text of a response themselves.
 *
 * @example
 * const usage = createUsage();
 * const memory = createMemoryClient({ ...sandbox.clientOptions, fetch: usage.wrap(sandbox.fetch) });
 * const { profiles } = await memory.operations.listProfiles({ path: { storeId }, query: { pageSize: 10 } });
 * console.log(profiles.length);
 * usage.assertNoFindings();
 * console.log(usage.manifest().operations["listProfiles"]?.parameters); // ["path/storeId", "query/pageSize"]
 * usage.close();
 */
export function createUsage(options: UsageOptions = {}): Usage {
  const contract = installedContract();
  const recorder = new UsageRecorder();
  const findings = new Map<string, ConsumerFinding>();
  /** The keys of findings since the last `assertNoFindings`. */
  const unreported = new Set<string>();

  const report: ReportViolations = (violations, request, response) => {
    const keys = violations.map((violation) => {
      const finding = findingOf(violation, request, response);
      const key = keyOf(finding);
      findings.set(key, { ...finding, occurrences: (findings.get(key)?.occurrences ?? 0) + 1 });
      unreported.add(key);
      return key;
    });
    if (options.onFinding !== "collect" && keys.length > 0) throw errorOf(keys);
  };
  const errorOf = (keys: Iterable<string>) => {
    const found = [...keys].flatMap((key) => findings.get(key) ?? []);
    return new ContractViolationError(found.map((each) => describeFinding(contract, each)).join("\n\n"), found);
  };
  const watched = new WatchedFetch(contract, recorder, report, options);
  const restore = options.tracksReads === false ? () => {} : interceptJsonParse();
  let isClosed = false;
  return {
    get findings() {
      return [...findings.values()];
    },
    wrap: (send) => watched.wrap(send),
    assertNoFindings() {
      const keys = [...unreported];
      unreported.clear();
      if (keys.length > 0) throw errorOf(keys);
    },
    manifest: () => recorder.manifest(contract.version),
    close() {
      if (!isClosed) restore();
      isClosed = true;
    },
  };
}

/** Violations that look the same to a reader are one finding. */
function keyOf({ code, operationId, expected, received }: Violation): string {
  return JSON.stringify([code, operationId, expected, received]);
}

function findingOf(violation: Violation, request: HttpRequest, response: HttpResponse | undefined): ConsumerFinding {
  const check = CHECKS.get(violation.code);
  if (check === undefined) throw new Error(`No check has the code ${violation.code}.`);
  const { title, severity, blame } = check;
  return { ...violation, title, severity, blame, occurrences: 1, request, ...(response && { response }) };
}
