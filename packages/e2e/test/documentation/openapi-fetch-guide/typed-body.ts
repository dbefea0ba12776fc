import type { CreateProfileRequest } from "@memory-api/types";

export const body: CreateProfileRequest = { traits: { Contact: { email: "ada.reyes@example.com" } } };
