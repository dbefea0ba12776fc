/**
 * Generated: do not edit. Regenerate with `npx -y pnpm@12 generate`.
 *
 * From @memory-api/spec 1.0.0, openapi.json with SHA-256 a2da0e46bab9ff4a546b14295500a43db429f8a563d4ad357474783ead8a640a.
 */
import type { ApiPromise } from "../connection/api-promise.ts";
import { callOperation } from "../connection/call-operation.ts";
import type { CallOptions } from "../connection/client-options.ts";
import type { Connection } from "../connection/connection.ts";
import type { OperationArguments, UncheckedPath } from "../operations/operation-arguments.ts";

/**
 * List profiles.
 *
 * Returns the IDs of the profiles in a store, page by page, newest first by default. The list is meant for browsing
 * recently created profiles and for lightweight lookups. Use `fetchProfile` to read the traits of a profile.
 *
 * Follow `meta.nextToken` until it is absent. Paging neither skips nor repeats a profile that existed when paging
 * began, regardless of what is written in the meantime. Merged and deleted IDs are not listed.
 *
 * @throws {MemoryApiError} if the response is not successful
 * @throws {ConnectionError} if no complete response arrived
 * @throws {TimeLimitError} if no response arrived in time
 * @throws {InvalidParameterError} if a path parameter does not match its pattern; nothing is sent
 *
 * @example
 * const { profiles, meta } = await listProfiles(connection, { path: { storeId } });
 */
export function listProfiles<Path extends UncheckedPath<"listProfiles">>(
  connection: Connection,
  given: OperationArguments<"listProfiles", Path>,
  options?: CallOptions,
): ApiPromise<"listProfiles"> {
  return callOperation(connection, "listProfiles", given, options);
}

/**
 * Create or find a profile.
 *
 * Resolves identity and returns the ID of the profile that the traits belong to: a new profile, the existing profile
 * that shares an identifier, or the canonical profile if the identifiers belonged to several profiles.
 *
 * At least one trait must be promoted to an identifier and yield a value. Otherwise, the request returns `400`. An empty
 * body (`{}`) returns `400`, too. The ID is final when the response arrives. The service applies the other traits later, so a GET right
 * after the request may not return them yet.
 *
 * Two simultaneous requests with the same identifier result in one profile, and neither fails. It is therefore safe to
 * repeat a request.
 *
 * **Decided here:** A `null` value returns `400`. Use `patchProfileTraits` to remove a trait.
 *
 * @throws {MemoryApiError} if the response is not successful
 * @throws {ConnectionError} if no complete response arrived
 * @throws {TimeLimitError} if no response arrived in time
 * @throws {InvalidParameterError} if a path parameter does not match its pattern; nothing is sent
 *
 * @example
 * const { id } = await createProfile(connection, {
 *   path: { storeId },
 *   body: { traits: { Contact: { email: "ada.reyes@example.com" } } },
 * });
 */
export function createProfile<Path extends UncheckedPath<"createProfile">>(
  connection: Connection,
  given: OperationArguments<"createProfile", Path>,
  options?: CallOptions,
): ApiPromise<"createProfile"> {
  return callOperation(connection, "createProfile", given, options);
}

/**
 * Upsert profiles in bulk.
 *
 * Creates or updates up to 1000 profiles in one request. Each item resolves identity as in `createProfile`. If a profile
 * already exists, its traits are merged: new traits are added, and existing traits are overwritten.
 *
 * `202` means that the batch is accepted. A large batch takes time to process; watch downstream telemetry or audit logs
 * to confirm that it is complete. The response contains no IDs. Use `createProfile` if you need them.
 *
 * **Decided here:**
 *
 * - The batch is all or nothing: one invalid item returns `400`, the message names the index of the item, and nothing
 *   is applied.
 * - Items apply in array order, so a later item for the same person wins.
 * - `{}` and a `null` value of a trait return `400`.
 *
 * @throws {MemoryApiError} if the response is not successful
 * @throws {ConnectionError} if no complete response arrived
 * @throws {TimeLimitError} if no response arrived in time
 * @throws {InvalidParameterError} if a path parameter does not match its pattern; nothing is sent
 *
 * @example
 * const { message } = await updateProfilesBulk(connection, {
 *   path: { storeId },
 *   body: { profiles: [{ traits: { Contact: { email: "ada.reyes@example.com" } } }] },
 * });
 */
export function updateProfilesBulk<Path extends UncheckedPath<"updateProfilesBulk">>(
  connection: Connection,
  given: OperationArguments<"updateProfilesBulk", Path>,
  options?: CallOptions,
): ApiPromise<"updateProfilesBulk"> {
  return callOperation(connection, "updateProfilesBulk", given, options);
}

/**
 * List imports.
 *
 * Returns the IDs of the imports of a store. Use `fetchProfileImportV2` to read the status of an import.
 *
 * **Decided here:** The response contains the newest 100 imports, newest first. Paging may be added later.
 *
 * @throws {MemoryApiError} if the response is not successful
 * @throws {ConnectionError} if no complete response arrived
 * @throws {TimeLimitError} if no response arrived in time
 * @throws {InvalidParameterError} if a path parameter does not match its pattern; nothing is sent
 *
 * @example
 * const { imports } = await listProfileImportsV2(connection, { path: { storeId } });
 */
export function listProfileImportsV2<Path extends UncheckedPath<"listProfileImportsV2">>(
  connection: Connection,
  given: OperationArguments<"listProfileImportsV2", Path>,
  options?: CallOptions,
): ApiPromise<"listProfileImportsV2"> {
  return callOperation(connection, "listProfileImportsV2", given, options);
}

/**
 * Create an import.
 *
 * Creates an import and returns a pre-signed URL. Upload the file to this URL in a single PUT, then poll
 * `fetchProfileImportV2`. The import is `PENDING` until the file arrives. Columns without a mapping are ignored.
 *
 * Each request creates another import, so do not repeat a request whose outcome is unknown: list the imports first.
 *
 * **Decided here:**
 *
 * - Every mapping must target a trait that the store declares, no two mappings may target the same trait, and at least
 *   one must target a trait that is promoted to an identifier. Otherwise, the request returns `400`.
 * - An import whose URL expires before the file arrives becomes `FAILED`.
 *
 * @throws {MemoryApiError} if the response is not successful
 * @throws {ConnectionError} if no complete response arrived
 * @throws {TimeLimitError} if no response arrived in time
 * @throws {InvalidParameterError} if a path parameter does not match its pattern; nothing is sent
 *
 * @example
 * const { importId, url } = await createProfilesImportV2(connection, {
 *   path: { storeId },
 *   body: {
 *     filename: "spring-campaign.csv",
 *     fileSize: 204800,
 *     columnMappings: [
 *       { columnName: "email_address", traitGroup: "Contact", traitName: "email" },
 *       { columnName: "first_name", traitGroup: "Contact", traitName: "firstName" },
 *     ],
 *   },
 * });
 */
export function createProfilesImportV2<Path extends UncheckedPath<"createProfilesImportV2">>(
  connection: Connection,
  given: OperationArguments<"createProfilesImportV2", Path>,
  options?: CallOptions,
): ApiPromise<"createProfilesImportV2"> {
  return callOperation(connection, "createProfilesImportV2", given, options);
}

/**
 * Fetch the status of an import.
 *
 * Returns the current status of an import. Poll this operation with increasing delays until `status` is `COMPLETED` or `FAILED`.
 *
 * In the file, an empty cell sets the trait to the empty string, and `\N` removes the trait. Any other cell is read
 * according to the data type of the trait.
 *
 * **Decided here:**
 *
 * - `summary` counts rows. A row without an identifier value, or with another number of cells than the header, is an
 *   error and is not applied. A cell that does not match the data type of its trait is a warning; the rest of its row is
 *   applied.
 * - An import with fewer than 100 errors becomes `COMPLETED`, and an import with 100 or more becomes `FAILED`. Valid
 *   rows are kept in both cases.
 * - The import fails as a whole if the header lacks a mapped column or contains it twice (other headers may repeat), if
 *   the file exceeds its limits or is not UTF-8, or if a quote is misplaced or not closed. Rows that were
 *   applied before the fault was found are kept.
 *
 * @throws {MemoryApiError} if the response is not successful
 * @throws {ConnectionError} if no complete response arrived
 * @throws {TimeLimitError} if no response arrived in time
 * @throws {InvalidParameterError} if a path parameter does not match its pattern; nothing is sent
 *
 * @example
 * const { status, filename, createdAt } = await fetchProfileImportV2(connection, { path: { storeId, importId } });
 */
export function fetchProfileImportV2<Path extends UncheckedPath<"fetchProfileImportV2">>(
  connection: Connection,
  given: OperationArguments<"fetchProfileImportV2", Path>,
  options?: CallOptions,
): ApiPromise<"fetchProfileImportV2"> {
  return callOperation(connection, "fetchProfileImportV2", given, options);
}

/**
 * Fetch a profile.
 *
 * Returns a profile with its traits, or only with the trait groups that `traitGroups` names. Right after a write, the
 * response may still show the previous state, or `404` for a new profile.
 *
 * A profile that was merged into another returns `301` with the ID to use from now on.
 *
 * @throws {MemoryApiError} if the response is not successful
 * @throws {ProfileMovedError} if the profile was merged into another profile
 * @throws {ConnectionError} if no complete response arrived
 * @throws {TimeLimitError} if no response arrived in time
 * @throws {InvalidParameterError} if a path parameter does not match its pattern; nothing is sent
 *
 * @example
 * const { id, createdAt, traits } = await fetchProfile(connection, { path: { storeId, profileId } });
 */
export function fetchProfile<Path extends UncheckedPath<"fetchProfile">>(
  connection: Connection,
  given: OperationArguments<"fetchProfile", Path>,
  options?: CallOptions,
): ApiPromise<"fetchProfile"> {
  return callOperation(connection, "fetchProfile", given, options);
}

/**
 * Patch the traits of a profile.
 *
 * Adds, overwrites and removes traits of one profile. Traits that the request does not name remain unchanged; `null`
 * removes a trait. Only trait groups and traits that the store declares can be patched.
 *
 * A profile that was merged into another returns `308`. Send the same request to the ID in `Canonical-Profile-Id`.
 *
 * **Decided here:**
 *
 * - If a promoted trait is removed, its identifier value is removed too.
 * - If a new identifier value belongs to another profile, the two profiles merge, as in `createProfile`. The profile
 *   that was created first survives, so the patched ID may redirect afterwards.
 * - `{}` and empty `traits` return `202` and change nothing.
 *
 * @throws {MemoryApiError} if the response is not successful
 * @throws {ProfileMovedError} if the profile was merged into another profile
 * @throws {ConnectionError} if no complete response arrived
 * @throws {TimeLimitError} if no response arrived in time
 * @throws {InvalidParameterError} if a path parameter does not match its pattern; nothing is sent
 *
 * @example
 * const { message } = await patchProfileTraits(connection, {
 *   path: { storeId, profileId },
 *   body: { traits: { Contact: { city: "Oakland" } } },
 * });
 */
export function patchProfileTraits<Path extends UncheckedPath<"patchProfileTraits">>(
  connection: Connection,
  given: OperationArguments<"patchProfileTraits", Path>,
  options?: CallOptions,
): ApiPromise<"patchProfileTraits"> {
  return callOperation(connection, "patchProfileTraits", given, options);
}

/**
 * Delete a profile.
 *
 * Asynchronously and permanently deletes a profile with all its identifiers and traits. This cannot be undone. Downstream
 * caches and analytical stores may take time to reflect the deletion. If regulatory or recovery requirements apply,
 * consider a soft-delete strategy instead.
 *
 * A profile that was merged into another returns `308`, and nothing is deleted. Follow the redirect only if you want to
 * delete the canonical profile, which holds the traits of both.
 *
 * **Decided here:** After the deletion is applied, every request for the profile returns `404`, including a second DELETE.
 * The identifiers are free for a new profile.
 *
 * @throws {MemoryApiError} if the response is not successful
 * @throws {ProfileMovedError} if the profile was merged into another profile
 * @throws {ConnectionError} if no complete response arrived
 * @throws {TimeLimitError} if no response arrived in time
 * @throws {InvalidParameterError} if a path parameter does not match its pattern; nothing is sent
 *
 * @example
 * const { message } = await deleteProfile(connection, { path: { storeId, profileId } });
 */
export function deleteProfile<Path extends UncheckedPath<"deleteProfile">>(
  connection: Connection,
  given: OperationArguments<"deleteProfile", Path>,
  options?: CallOptions,
): ApiPromise<"deleteProfile"> {
  return callOperation(connection, "deleteProfile", given, options);
}
