import type {
  CreateProfileRequest,
  CreateProfilesImportV2Request,
  OrderBy,
  PatchProfileTraitsRequest,
  Traits,
  UpdateProfilesBulkRequest,
} from "@memory-api/types";

const traits: Traits = {
  Contact: { email: "ada.reyes@example.com", firstName: "Ada" },
  Loyalty: { points: 1840, newsletter: true, interests: ["hiking", "chess"] },
};

export const create: CreateProfileRequest = { traits };
export const nothing: CreateProfileRequest = {};
export const removal: PatchProfileTraitsRequest = { traits: { Contact: { phone: null, city: "Oakland" } } };
export const bulk: UpdateProfilesBulkRequest = { profiles: [{ traits }, {}] };
export const order: OrderBy = "ASC";
export const announced: CreateProfilesImportV2Request = {
  filename: "spring-campaign.csv",
  fileSize: 204_800,
  columnMappings: [
    { columnName: "email_address", traitGroup: "Contact", traitName: "email" },
    { columnName: "first_name", traitGroup: "Contact", traitName: "firstName" },
  ],
};
