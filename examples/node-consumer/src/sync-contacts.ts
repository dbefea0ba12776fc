import { readFile } from "node:fs/promises";
import type { MemoryClient } from "@memory-api/client";
import type { StoreId } from "@memory-api/types";
import { newCustomer, todaysOrders, traitsOf } from "./contacts.js";
import { findProfile } from "./find-profile.js";

export interface SyncOptions {
  storeId: StoreId;
  log: (line: string) => void;
  /** Returns the URL that the file is uploaded to. */
  uploadUrl?: (url: string) => string;
}

/** Sends the contacts of the shop to a memory store. Calls every operation once. */
export async function syncContacts(
  memory: MemoryClient,
  { storeId, log, uploadUrl = (url) => url }: SyncOptions,
): Promise<void> {
  const { operations } = memory;
  const path = { storeId };

  // A customer signs up and moves to another city.
  const { id: profileId } = await operations.createProfile({ path, body: { traits: traitsOf(newCustomer) } });
  log(`createProfile: ${newCustomer.firstName} has the profile ${profileId}`);

  const moved = await operations.patchProfileTraits({
    path: { storeId, profileId },
    body: { traits: { Contact: { city: "Oakland", phone: null } } },
  });
  log(`patchProfileTraits: ${moved.message}`);

  const found = await findProfile(memory, { storeId, profileId });
  log(`fetchProfile: ${found ? `a customer since ${found.createdAt}` : "not visible yet"}`);

  // Today's orders are from existing and new customers.
  const orders = await operations.updateProfilesBulk({
    path,
    body: { profiles: todaysOrders.map((contact) => ({ traits: traitsOf(contact) })) },
  });
  log(`updateProfilesBulk: ${orders.message}`);

  const { profiles, meta } = await operations.listProfiles({ path, query: { pageSize: 3, orderBy: "DESC" } });
  log(`listProfiles: the newest are ${profiles.join(", ")}${meta.nextToken === undefined ? "" : ", and more"}`);

  // The subscribers of the newsletter are in a CSV file.
  const filename = "newsletter.csv";
  const file = await readFile(new URL(`../${filename}`, import.meta.url));
  const { importId, url } = await operations.createProfilesImportV2({
    path,
    body: {
      filename,
      fileSize: file.byteLength,
      columnMappings: [
        { columnName: "email", traitGroup: "Contact", traitName: "email" },
        { columnName: "first_name", traitGroup: "Contact", traitName: "firstName" },
      ],
    },
  });
  log(`createProfilesImportV2: ${importId} expects ${file.byteLength} bytes`);

  await operations.uploadImportFile({ url: uploadUrl(url), body: file });
  log(`uploadImportFile: uploaded ${filename}`);

  const { status, summary } = await operations.fetchProfileImportV2({ path: { storeId, importId } });
  log(`fetchProfileImportV2: ${status}, ${summary?.errors ?? 0} rows failed so far`);

  const { imports } = await operations.listProfileImportsV2({ path });
  log(`listProfileImportsV2: ${imports.length} imports`);

  // The customer asks for the deletion of their profile.
  const deleted = await operations.deleteProfile({ path: { storeId, profileId } });
  log(`deleteProfile: ${deleted.message}`);
}
