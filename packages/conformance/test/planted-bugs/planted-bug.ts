import type { OperationId } from "@memory-api/types";
import type { RunProfile } from "../../src/scenarios/scenario.ts";
import { errorResponse } from "../support/errors.ts";
import type { Fault } from "../support/faulty-proxy.ts";
import { jsonResponse, type ProxiedRequest, ProxiedResponse } from "../support/proxied-messages.ts";

/** The phases that are scored, those that end soonest first. */
export const SCORED_PHASES = [
  "smoke",
  "clock",
  "imports",
  "model",
  "paging",
  "protocol",
  "authentication",
  "parameters",
  "concurrency",
  "requests",
  "rate-limits",
] as const;

/** A defect that an implementation may have. */
export interface PlantedBug {
  /** In kebab-case. */
  readonly name: string;
  /** What is wrong, in one line. */
  readonly breaks: string;
  /** The operations that behave wrongly, or `routes` if they are not of the contract. */
  readonly in: readonly (OperationId | "routes")[];
  /** The phases of the kit that may find it. */
  readonly foundBy: readonly (typeof SCORED_PHASES)[number][];
  /** The least profile that finds it. @default "quick" */
  readonly profile?: RunProfile;
  /** Creates the fault with an empty state. */
  readonly fault: () => Fault;
}

/** Whether a request shows the defect. */
export type When = (request: ProxiedRequest) => boolean;

export const JSON_WRITES = [
  "createProfile",
  "patchProfileTraits",
  "updateProfilesBulk",
  "createProfilesImportV2",
] as const satisfies readonly OperationId[];
export const ALL_OPERATIONS = [
  ...JSON_WRITES,
  "listProfiles",
  "fetchProfile",
  "deleteProfile",
  "listProfileImportsV2",
  "fetchProfileImportV2",
  "uploadImportFile",
] as const satisfies readonly OperationId[];

function isOneOf(operation: OperationId | undefined, ids: readonly (OperationId | "routes")[]): boolean {
  return operation !== undefined && ids.includes(operation);
}

/** Alters the responses with a status to requests of some operations. */
export function altered(
  ids: readonly OperationId[] | "any",
  status: number | "any",
  alter: (response: ProxiedResponse, request: ProxiedRequest) => ProxiedResponse,
): () => Fault {
  return () => async (request, forward) => {
    const response = await forward(request);
    const isMeant =
      (ids === "any" || isOneOf(request.operation, ids)) && (status === "any" || response.status === status);
    return isMeant ? alter(response, request) : response;
  };
}

/** Alters the requests of some operations before they reach the server. */
export function rewritten(
  ids: readonly OperationId[],
  rewrite: (request: ProxiedRequest) => ProxiedRequest,
): () => Fault {
  return () => (request, forward) => forward(isOneOf(request.operation, ids) ? rewrite(request) : request);
}

/** Alters the uploaded bytes. Their number must stay the same, because the URL is signed for it. */
export function uploading(alter: (text: string) => string): () => Fault {
  return () => (request, forward) => {
    if (request.operation !== "uploadImportFile") return forward(request);
    const body = Buffer.from(alter(request.body.toString("latin1")), "latin1");
    return forward(body.length === request.body.length ? request.with({ body }) : request);
  };
}

/** Accepts requests that the server rejects with 400, or with another status. */
export function accepting(ids: readonly OperationId[], when: When, status = 400): () => Fault {
  return altered(ids, status, (response, request) => (when(request) ? successOf(request) : response));
}

/** Rejects requests that the server accepts. */
export function rejecting(
  ids: readonly OperationId[],
  when: When,
  rejection: () => ProxiedResponse = () => errorResponse(400, 520046, "The value is not valid."),
): () => Fault {
  return altered(ids, "any", (response, request) => (response.status < 400 && when(request) ? rejection() : response));
}

let serial = 0;

/** A plausible ID that no profile and no import has. */
function unusedId(prefix: "mem_profile" | "mem_import"): string {
  return `${prefix}_01j${String(serial++).padStart(23, "0")}`;
}

/** What a server responds when it accepts a request without applying it. */
export function successOf(request: ProxiedRequest): ProxiedResponse {
  const message = "The request was accepted.";
  switch (request.operation) {
    case "createProfile":
      return jsonResponse(202, { id: unusedId("mem_profile"), message });
    case "createProfilesImportV2": {
      const importId = unusedId("mem_import");
      const url = `http://${request.header("host")}/uploads/${importId}?token=1.1.a`;
      return jsonResponse(201, { importId, url });
    }
    case "listProfiles":
      return jsonResponse(200, { profiles: [], meta: { key: "profiles", pageSize: 50 } });
    case "listProfileImportsV2":
      return jsonResponse(200, { imports: [] });
    case "fetchProfile":
      return jsonResponse(200, {
        id: /^mem_profile_[0-7][0-9a-z]{25}$/.test(request.path["profileId"] ?? "")
          ? request.path["profileId"]
          : unusedId("mem_profile"),
        createdAt: "2026-01-01T00:00:00.000Z",
        traits: {},
      });
    case "fetchProfileImportV2":
      return jsonResponse(200, { status: "PENDING", filename: "people.csv", createdAt: "2026-01-01T00:00:00.000Z" });
    case "uploadImportFile":
      return new ProxiedResponse(200).withHeader("Content-Length", "0");
    default:
      return jsonResponse(202, { message });
  }
}

/** Every string value of a JSON value, and every key. Bodies may be nested too deeply for recursion. */
export function stringsOf(value: unknown): string[] {
  const strings: string[] = [];
  const rest = [value];
  while (rest.length > 0) {
    const next = rest.pop();
    if (typeof next === "string") strings.push(next);
    if (typeof next !== "object" || next === null) continue;
    if (!Array.isArray(next)) strings.push(...Object.keys(next));
    for (const each of Object.values(next)) rest.push(each);
  }
  return strings;
}

/** The trait values of a create, a patch, or the items of a batch. */
export function traitValuesOf(request: ProxiedRequest): unknown[] {
  return groupsOf(request).flatMap((group) => Object.values(Object(group)));
}

/** The trait groups of a create, a patch, or the items of a batch. */
export function groupsOf(request: ProxiedRequest): unknown[] {
  const body = Object(request.json);
  const items: unknown[] = Array.isArray(body.profiles) ? body.profiles : [body];
  return items.flatMap((item) => Object.values(Object(Object(item).traits)));
}
