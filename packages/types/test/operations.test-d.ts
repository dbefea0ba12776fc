// The types of requests, responses and errors by operation. A second generator need not provide these.

import type {
  CreateProfileError,
  CreateProfileRequest,
  CreateProfileResponse,
  ErrorOf,
  ErrorStatusOf,
  enums,
  FetchProfileResponse,
  HeadersOf,
  OperationId,
  operations,
  PathOf,
  Profile,
  ProfileId,
  ProfileRedirect,
  paths,
  QueryOf,
  RedirectStatusOf,
  RequestOf,
  ResponseOf,
  StatusOf,
  StoreId,
  UploadImportFileResponse,
} from "@memory-api/types";
import type * as standard from "@memory-api/types/openapi";
import { expectTypeOf } from "vitest";

expectTypeOf<RequestOf<"createProfile">>().toEqualTypeOf<CreateProfileRequest>();
expectTypeOf<RequestOf<"fetchProfile">>().toEqualTypeOf<undefined>();
expectTypeOf<ResponseOf<"createProfile">>().toEqualTypeOf<CreateProfileResponse>();
expectTypeOf<FetchProfileResponse>().toEqualTypeOf<Profile>();
expectTypeOf<UploadImportFileResponse>().toEqualTypeOf<undefined>();
expectTypeOf<ResponseOf<"fetchProfile", 301>>().toEqualTypeOf<ProfileRedirect>();
expectTypeOf<RedirectStatusOf<"deleteProfile">>().toEqualTypeOf<308>();
expectTypeOf<ErrorStatusOf<"fetchProfile">>().toEqualTypeOf<400 | 401 | 403 | 404 | 429 | 500 | 503>();
expectTypeOf<ErrorOf<"fetchProfile", 404>["status"]>().toEqualTypeOf<404>();
expectTypeOf<CreateProfileError["status"]>().toEqualTypeOf<400 | 401 | 403 | 404 | 413 | 415 | 429 | 500 | 503>();
expectTypeOf<PathOf<"fetchProfile">>().toEqualTypeOf<{ storeId: StoreId; profileId: ProfileId }>();
expectTypeOf<NonNullable<QueryOf<"listProfiles">>["orderBy"]>().toEqualTypeOf<"ASC" | "DESC" | undefined>();
expectTypeOf<HeadersOf<"fetchProfile", 301>>().toEqualTypeOf<{ Location: string; "Canonical-Profile-Id": ProfileId }>();
expectTypeOf<HeadersOf<"createProfile", 429>>().toEqualTypeOf<{ "Retry-After": number }>();
expectTypeOf<keyof typeof operations>().toEqualTypeOf<OperationId>();
expectTypeOf<(typeof operations.createProfile.statuses)[number]>().toEqualTypeOf<StatusOf<"createProfile">>();
expectTypeOf<(typeof enums.OrderBy)[number]>().toEqualTypeOf<"ASC" | "DESC">();

// The standard output of openapi-typescript.
expectTypeOf<paths>().toEqualTypeOf<standard.paths>();
expectTypeOf<paths["/v1/Stores/{storeId}/Profiles"]["post"]>().toEqualTypeOf<standard.operations["createProfile"]>();
expectTypeOf<paths["/uploads/{importId}"]["put"]>().toEqualTypeOf<standard.operations["uploadImportFile"]>();
expectTypeOf<standard.components["schemas"]["Profile"]>().toEqualTypeOf<Profile>();
