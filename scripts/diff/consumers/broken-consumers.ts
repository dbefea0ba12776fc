import type { ContractChange } from "../contract-changes.ts";
import type { Use } from "../rating/contract-usage.ts";
import type { ReportedChange } from "../rating/reported-change.ts";
import type { OperationUsage, UsageManifest } from "./usage-manifest.ts";

/** A consumer that a change breaks, and what it does that the change concerns. */
export interface BrokenConsumer {
  consumer: string;
  because: string;
}

/**
 * Returns the consumers that a change breaks, by their usage manifests. A change that is not a major breaks nobody. Where a manifest
 * cannot tell, the consumer counts as broken.
 */
export function brokenConsumers(
  change: ContractChange,
  manifests: ReadonlyMap<string, UsageManifest>,
): BrokenConsumer[] {
  if (change.bump !== "major") return [];
  return [...manifests].flatMap(([consumer, { operations }]) => {
    // A change that no operation uses concerns a component that is not in use, or the document as a whole.
    if (change.uses.length === 0)
      return change.pointer.startsWith("#/components/") ? [] : [{ consumer, because: "uses the contract" }];
    const reasons = change.uses.flatMap((use) => {
      const usage = operations[use.operation];
      return usage === undefined ? [] : (reasonFor(change, use, usage) ?? []);
    });
    const [because] = reasons;
    return because === undefined ? [] : [{ consumer, because }];
  });
}

function reasonFor({ change }: ContractChange, use: Use, usage: OperationUsage): string | undefined {
  const call = `calls ${use.operation}`;
  if (use.parameter !== undefined) return reasonForParameter(change, use.operation, use.parameter, usage);
  if (use.status !== undefined) {
    // A new status concerns everyone who calls the operation.
    if (change?.typeName === "Response" && change.kind === "added") return call;
    const received = /^\d+$/.test(use.status) ? [use.status] : Object.keys(usage.responses);
    return received
      .map((status) => reasonForResponse(change, { ...use, status }, usage))
      .find((reason) => reason !== undefined);
  }
  if (use.body === undefined) return call;
  if (use.body === "" && usage.requestBody.length === 0) return change?.typeName === "RequestBody" ? call : undefined;
  if (change?.property === "required") {
    // A property that became required concerns those who send the object without it.
    const sent = usage.requestBody.filter((pointer) => isWithin(pointer, use.body ?? ""));
    const missing = gained(change).filter((name) => !sent.some((pointer) => isWithin(pointer, `${use.body}/${name}`)));
    return sent.length > 0 && missing.length > 0 ? `sends ${use.operation} without ${missing.join(", ")}` : undefined;
  }
  const sent = usage.requestBody.find((pointer) => isWithin(pointer, use.body ?? ""));
  return sent === undefined ? undefined : `sends ${sent} to ${use.operation}`;
}

function reasonForParameter(
  change: ReportedChange | undefined,
  operation: string,
  parameter: string,
  { parameters }: OperationUsage,
): string | undefined {
  const isSent = parameters.includes(parameter);
  const concernsOthers =
    change?.property === "default" ||
    change?.property === "required" ||
    (change?.typeName === "Parameter" && change.kind === "added");
  if (concernsOthers) return isSent ? undefined : `calls ${operation} without ${parameter}`;
  return isSent ? `sends ${parameter} to ${operation}` : undefined;
}

function reasonForResponse(change: ReportedChange | undefined, use: Use, usage: OperationUsage): string | undefined {
  const received = usage.responses[use.status ?? ""];
  if (received === undefined) return undefined;
  const what = `${use.status} of ${use.operation}`;
  if (use.header !== undefined) {
    const name = use.header.toLowerCase();
    return received.headers.some((header) => header.toLowerCase() === name)
      ? `reads ${use.header} of ${what}`
      : undefined;
  }
  if (change?.typeName === "Response") return `receives ${what}`;
  if (received.readsText) return `reads the whole body of ${what}`;
  const places = change?.property === "required" ? lost(change).map((name) => `${use.body}/${name}`) : [use.body ?? ""];
  const read = received.reads.find((pointer) => places.some((place) => isWithin(pointer, place)));
  return read === undefined ? undefined : `reads ${read} of ${what}`;
}

/** Whether a pointer refers to a place or to something in it. `*` stands for any name. */
function isWithin(pointer: string, place: string): boolean {
  const tokens = pointer.split("/");
  return place
    .split("/")
    .every(
      (token, index) =>
        token === tokens[index] || (tokens[index] !== undefined && (token === "*" || tokens[index] === "*")),
    );
}

function gained({ base, revision }: ReportedChange): string[] {
  return difference(revision?.value, base?.value);
}

function lost({ base, revision }: ReportedChange): string[] {
  return difference(base?.value, revision?.value);
}

function difference(one: unknown, other: unknown): string[] {
  const names: unknown[] = Array.isArray(one) ? one : [];
  const others: unknown[] = Array.isArray(other) ? other : [];
  return names.filter((name) => !others.includes(name)).map(String);
}
