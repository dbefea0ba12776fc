import { readFile } from "node:fs/promises";
import { createMemoryClient } from "@memory-api/client";
import { newCustomer, todaysOrders, traitsOf } from "./contacts.js";
import { findProfile } from "./find-profile.js";
import { settingsFrom } from "./settings.js";

const { storeId, client } = settingsFrom(process.env);
const memory = createMemoryClient(client);
const { operations } = memory;
const path = { storeId };

// A customer signs up and moves to another city.
const { id: profileId } = await operations.createProfile({ path, body: { traits: traitsOf(newCustomer) } });
console.log(`createProfile: ${newCustomer.firstName} has the profile ${profileId}`);

const moved = await operations.patchProfileTraits({
  path: { storeId, profileId },
  body: { traits: { Contact: { city: "Oakland", phone: null } } },
});
console.log(`patchProfileTraits: ${moved.message}`);

const found = await findProfile(memory, { storeId, profileId });
console.log(`fetchProfile: ${found ? `a customer since ${found.createdAt}` : "not visible yet"}`);

// Today's orders are from existing and new customers.
const orders = await operations.updateProfilesBulk({
  path,
  body: { profiles: todaysOrders.map((contact) => ({ traits: traitsOf(contact) })) },
});
console.log(`updateProfilesBulk: ${orders.message}`);

const { profiles, meta } = await operations.listProfiles({ path, query: { pageSize: 3, orderBy: "DESC" } });
console.log(`listProfiles: the newest are ${profiles.join(", ")}${meta.nextToken === undefined ? "" : ", and more"}`);

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
console.log(`createProfilesImportV2: ${importId} expects ${file.byteLength} bytes`);

// The mock returns an example URL with port 4010, even if it listens on another port.
await operations.uploadImportFile({ url: url.replace("http://127.0.0.1:4010", client.baseUrl), body: file });
console.log(`uploadImportFile: uploaded ${filename}`);

const { status, summary } = await operations.fetchProfileImportV2({ path: { storeId, importId } });
console.log(`fetchProfileImportV2: ${status}, ${summary?.errors ?? 0} rows failed so far`);

const { imports } = await operations.listProfileImportsV2({ path });
console.log(`listProfileImportsV2: ${imports.length} imports`);

// The customer asks for the deletion of their profile.
const deleted = await operations.deleteProfile({ path: { storeId, profileId } });
console.log(`deleteProfile: ${deleted.message}`);
