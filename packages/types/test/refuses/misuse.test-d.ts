// Each marked line must be refused: the compiler complains about a mark that is not needed.
import type {
  ColumnMapping,
  CreateProfileRequest,
  CreateProfilesImportV2Request,
  ErrorOf,
  ImportStatus,
  OrderBy,
  PatchProfileTraitsRequest,
  Profile,
  ProfileId,
  RequestOf,
  ResponseOf,
  StoreId,
} from "@memory-api/types";

declare const storeId: StoreId;
declare const profileId: ProfileId;
declare const profile: Profile;
declare const status: ImportStatus;

// @ts-expect-error A store ID is no profile ID.
export const wrongId: ProfileId = storeId;
// @ts-expect-error A profile ID is no store ID.
export const wrongStore: StoreId = profileId;
// @ts-expect-error Any string is no store ID.
export const anyStore: StoreId = "store-1";
// @ts-expect-error The order of a request is closed.
export const order: OrderBy = "RANDOM";
// @ts-expect-error Only a patch can remove a trait.
export const nullInCreate: CreateProfileRequest = { traits: { Contact: { phone: null } } };
// @ts-expect-error The body has no such property.
export const unknownProperty: PatchProfileTraitsRequest = { trait: {} };
// @ts-expect-error Lists are not nested.
export const nested: CreateProfileRequest = { traits: { Contact: { tags: [["a"]] } } };
// @ts-expect-error A mapping names the trait group too.
export const mapping: ColumnMapping = { columnName: "email_address", traitName: "email" };
// @ts-expect-error The size is a number of bytes.
export const size: CreateProfilesImportV2Request["fileSize"] = "204800";
// @ts-expect-error A trait may be absent.
export const email: string = profile.traits.Contact.email;
// @ts-expect-error No operation bears this name.
export type NoOperation = RequestOf<"findProfile">;
// @ts-expect-error The operation does not answer this.
export type NoStatus = ResponseOf<"createProfile", 200>;
// @ts-expect-error A redirect is no error body.
export type NoError = ErrorOf<"fetchProfile", 301>;

export function exhausted(): "final" | "running" {
  switch (status) {
    case "COMPLETED":
    case "FAILED":
      return "final";
    case "PENDING":
    case "PROCESSING":
      return "running";
    default: {
      // @ts-expect-error More values may come, so the switch is never exhausted.
      const never: never = status;
      return never;
    }
  }
}
