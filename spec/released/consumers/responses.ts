import type {
  CreateProfileResponse,
  ErrorBody,
  ImportStatus,
  ListProfilesResponse,
  Profile,
  ProfileId,
  ProfileImport,
  ProfileRedirect,
  TraitValue,
} from "@memory-api/types";

export function idOf(created: CreateProfileResponse): ProfileId {
  return created.id;
}

export function nextToken(page: ListProfilesResponse): string | undefined {
  return page.meta.nextToken;
}

export function emailOf(profile: Profile): TraitValue | undefined {
  return profile.traits.Contact?.email;
}

export function isFinal(status: ImportStatus): boolean {
  return status === "COMPLETED" || status === "FAILED";
}

export function failedRows(fetched: ProfileImport): number {
  return isFinal(fetched.status) ? (fetched.summary?.errors ?? 0) : 0;
}

export function sentence(problem: ErrorBody | ProfileRedirect): string {
  return "code" in problem ? `${problem.code}: ${problem.message}, see ${problem.more_info}` : problem.uri;
}
