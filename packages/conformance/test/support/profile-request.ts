import type { Fault } from "./faulty-proxy.ts";
import { jsonResponse, type ProxiedRequest, type ProxiedResponse } from "./proxied-messages.ts";

type Traits = Record<string, string | null>;

/** What a request for profiles does, for faults. */
export interface ProfileRequest {
  readonly kind: "create" | "bulk" | "list" | "fetch" | "patch" | "delete" | "other";
  /** The profile in the path. */
  readonly id: string;
  /** The traits of the only group of the tests. */
  readonly traits: Traits;
  readonly query: URLSearchParams;
}

const KINDS: Readonly<Record<string, ProfileRequest["kind"]>> = { GET: "fetch", PATCH: "patch", DELETE: "delete" };

export function profileRequest({ method, target, json }: ProxiedRequest): ProfileRequest {
  const { pathname, searchParams } = new URL(target, "http://localhost");
  const id = pathname.split("/")[5] ?? "";
  const traits: Traits = Object(Object(Object(json).traits).Contact);
  let kind: ProfileRequest["kind"] = "other";
  if (pathname.endsWith("/Profiles")) kind = method === "POST" ? "create" : "list";
  else if (id === "Bulk") kind = "bulk";
  else if (id.startsWith("mem_profile_")) kind = KINDS[method] ?? "other";
  return { kind, id, traits, query: searchParams };
}

/** The body of a request that writes these traits. */
export function bodyWith(traits: Traits): { readonly body: string } {
  return { body: JSON.stringify({ traits: { Contact: traits } }) };
}

export function idIn(response: ProxiedResponse): string {
  return String(Object(response.json).id);
}

/** A response that says that a write was accepted. */
export const ACCEPTED = jsonResponse(202, { message: "Accepted." });

export function created(id: string): ProxiedResponse {
  return jsonResponse(202, { id, message: "Accepted." });
}

/** Tells a fault whether a write is under way. */
export function whileWriting(fault: (isBusy: boolean, ...rest: Parameters<Fault>) => ReturnType<Fault>): Fault {
  let writing = 0;
  return async (request, forward) => {
    const isWrite = request.method !== "GET";
    const isBusy = writing > 0;
    if (isWrite) writing++;
    try {
      return await fault(isBusy, request, forward);
    } finally {
      if (isWrite) writing--;
    }
  };
}
