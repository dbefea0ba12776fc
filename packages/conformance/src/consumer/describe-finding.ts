import type { Contract } from "../contract/contract.ts";
import type { HttpRequest } from "../http/exchange.ts";
import { describeSource } from "../reporters/describe.ts";
import type { ConsumerFinding } from "./contract-violation-error.ts";

const MAX_BODY = 1000;

/** Describes a finding for a person who reads the output of a test. */
export function describeFinding(contract: Contract, finding: ConsumerFinding): string {
  const { code, title, operationId, expected, received, blame, source, request, response } = finding;
  const fields = {
    operation: operationId,
    expected,
    received,
    status: response && String(response.status),
    contract: describeSource(source, source.kind === "contract" ? contract.lineOf(source.pointer) : undefined),
    blame,
    reproduce: toCurl(request),
  };
  const lines = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [`  ${name.padEnd(10)}${value}`],
  );
  return [`${code}: ${title}`, ...lines].join("\n");
}

/** A command that sends the request again. The shell variables hold the credentials. */
function toCurl({ method, url, headers, body }: HttpRequest): string {
  const shown = Object.entries(headers).filter(([name]) => name !== "user-agent");
  const options = shown.map(([name, value]) =>
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
