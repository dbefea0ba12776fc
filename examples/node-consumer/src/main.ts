import { readFile } from "node:fs/promises";
import { createMemoryClient } from "@memory-api/client";
import { newCustomer, ordersOfToday, traitsOf } from "./contacts.js";
import { findProfile } from "./find-profile.js";
import { settingsFrom } from "./settings.js";

const { storeId, client } = settingsFrom(process.env);
const memory = createMemoryClient(client);
const { operations } = memory;
const path = { storeId };

// A customer signs up, moves, and is looked up.
const { id: profileId } = await operations.createProfile({ path, body: { traits: traitsOf(newCustomer) } });
console.log(`createProfile: ${newCustomer.firstName} is ${profileId}`);

const moved = await operations.patchProfileTraits({
  path: { storeId, profileId },
  body: { traits: { Contact: { city: "Oakland", phone: null } } },
});
console.log(`patchProfileTraits: ${moved.message}`);

const found = await findProfile(memory, { storeId, profileId });
console.log(`fetchProfile: ${found ? `a customer since ${found.createdAt}` : "not to be seen yet"}`);

// The orders of the day name customers, known ones and new ones.
const orders = await operations.updateProfilesBulk({
  path,
  body: { profiles: ordersOfToday.map((contact) => ({ traits: traitsOf(contact) })) },
});
console.log(`updateProfilesBulk: ${orders.message}`);

const { profiles, meta } = await operations.listProfiles({ path, query: { pageSize: 3, orderBy: "DESC" } });
console.log(`listProfiles: the newest are ${profiles.join(", ")}${meta.nextToken === undefined ? "" : ", and more"}`);

// The newsletter keeps its readers in a file.
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
console.log(`createProfilesImportV2: ${importId} waits for ${file.byteLength} bytes`);

// The mock returns an example, whose URL names port 4010 whatever port the mock listens on.
await operations.uploadImportFile({ url: url.replace("http://127.0.0.1:4010", client.baseUrl), body: file });
console.log(`uploadImportFile: ${filename} has arrived`);

const { status, summary } = await operations.fetchProfileImportV2({ path: { storeId, importId } });
console.log(`fetchProfileImportV2: ${status}, ${summary?.errors ?? 0} rows failed so far`);

const { imports } = await operations.listProfileImportsV2({ path });
console.log(`listProfileImportsV2: ${imports.length} imports`);

// A customer wants to be forgotten.
const forgotten = await operations.deleteProfile({ path: { storeId, profileId } });
console.log(`deleteProfile: ${forgotten.message}`);
