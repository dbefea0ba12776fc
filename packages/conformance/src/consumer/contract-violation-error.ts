import type { Contract } from "../contract/contract.ts";
import type { Finding } from "../findings/finding.ts";
import type { HttpRequest, HttpResponse } from "../http/exchange.ts";

/** A request or response that does not match the contract, or a property that a consumer reads although the contract does not have it. */
export interface ConsumerFinding extends Omit<Finding, "repeat" | "exchanges"> {
  /** Without credentials. */
  readonly request: HttpRequest;
  /** Absent if the request itself is wrong. */
  readonly response?: HttpResponse;
}

/** A consumer does not keep the contract, or received a response that does not. */
export class ContractViolationError extends Error {
  override readonly name = "ContractViolationError";
  readonly findings: readonly ConsumerFinding[];

  constructor(contract: Contract, findings: readonly ConsumerFinding[]) {
    super(findings.map((finding) => describeFinding(contract, finding)).join("\n\n"));
    this.findings = findings;
  }
}

const MAX_BODY = 1000;

function describeFinding(contract: Contract, finding: ConsumerFinding): string {
  const { code, title, operationId, expected, received, blame, source, request, response } = finding;
  const fields = {
    operation: operationId,
    expected,
    received,
    status: response && String(response.status),
    contract: source.kind === "standard" ? source.section : placeOf(contract, source.pointer),
    blame,
    repeat: toCurl(request),
  };
  const lines = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [`  ${name.padEnd(10)}${value}`],
  );
  return [`${code}: ${title}`, ...lines].join("\n");
}

function placeOf(contract: Contract, pointer: string): string {
  const line = contract.lineOf(pointer);
  return `@memory-api/spec/openapi.yaml${line === undefined ? "" : `:${line}`} ${pointer}`;
}

/** A command that sends the request again. The shell variables hold the credentials. */
function toCurl({ method, url, headers, body }: HttpRequest): string {
  const options = Object.entries(headers).map(([name, value]) =>
    name === "authorization" ? '--user "$MEMORY_USER:$MEMORY_PASSWORD"' : `--header ${quoted(`${name}: ${value}`)}`,
  );
  const text = typeof body === "string" ? body : "";
  if (text.length > MAX_BODY) options.push("--data @body.json");
  else if (text !== "") options.push(`--data ${quoted(text)}`);
  return ["curl", "--include", "--request", method, ...options, quoted(url)].join(" ");
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
