import type { ErrorOf, ImportId, ProfileId, ResponseOf, StoreId } from "@memory-api/types";
import type { ServiceAnswer } from "./scripted-service.ts";

export const storeId: StoreId = "mem_store_00000000000000000000000000";
export const profileId: ProfileId = "mem_profile_00000000000000000000000000";
export const importId: ImportId = "mem_import_00000000000000000000000000";

const profile: ResponseOf<"fetchProfile"> = {
  id: profileId,
  createdAt: "2026-01-01T00:00:00Z",
  traits: { Contact: { email: "ada.reyes@example.com" } },
};

/** The profile that is there. */
export const found: ServiceAnswer = { body: profile };

/** An error with the body that the contract has for it. */
export function refused(
  status: ErrorOf<"fetchProfile">["status"],
  headers: Record<string, string> = {},
): ServiceAnswer {
  const body = { code: 20000 + status, message: "Not now.", more_info: "https://example.com/errors", status };
  return { status, headers, body };
}
