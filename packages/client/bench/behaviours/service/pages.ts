import type { ProfileId, ResponseOf } from "@memory-api/types";
import type { ServiceAnswer } from "./scripted-service.ts";

export const PAGE_SIZE = 50;

/** A page of IDs. */
export function page(first: number, count: number, nextToken?: string): ServiceAnswer {
  const profiles = Array.from({ length: count }, (_, index) => idAt(first + index));
  const body: ResponseOf<"listProfiles"> = {
    profiles,
    meta: { key: "profiles", pageSize: PAGE_SIZE, ...(nextToken !== undefined && { nextToken }) },
  };
  return { body };
}

/** The token that a page was asked for with. */
export function askedToken(target: string): string | null {
  return new URL(target, "http://localhost").searchParams.get("pageToken");
}

function idAt(index: number): ProfileId {
  return `mem_profile_${String(index).padStart(26, "0")}`;
}
