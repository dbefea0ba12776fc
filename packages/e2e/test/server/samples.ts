import type { ImportId, ProfileId, StoreId } from "@memory-api/types";
import { expect } from "vitest";
import type { VendorSdk } from "./redirected-sdk.ts";

export const storeId: StoreId = "mem_store_00000000000000000000000000";
export const profileId: ProfileId = "mem_profile_00000000000000000000000000";
export const importId: ImportId = "mem_import_01111111111111111111111111";

const alyssa = {
  phone: "+13175551234",
  email: "Alyssa.Mock@example.com",
  lastName: "Mock",
  firstName: "Alyssa",
};
const john = { phone: "+13175556789", email: "John.Doe@example.com", lastName: "Doe", firstName: "John" };

export const columnMappings = [
  { columnName: "first_name", traitGroup: "Contact", traitName: "firstName" },
  { columnName: "last_name", traitGroup: "Contact", traitName: "lastName" },
  { columnName: "email_address", traitGroup: "Contact", traitName: "email" },
];

/** The profile and the import that the samples refer to. */
export const seed = {
  profiles: [{ id: profileId, createdAt: "2009-07-06T20:30:00Z", traits: { Contact: alyssa } }],
  imports: [
    {
      id: importId,
      filename: "filename",
      fileSize: 204_800,
      columnMappings,
      status: "COMPLETED",
      createdAt: "2009-07-06T20:30:00Z",
      summary: { errors: 10, warnings: 5 },
    },
  ],
};

/** A sample of the vendor's documentation, as a call of the vendor's SDK. */
export interface Sample {
  /** A sentence that continues "the vendor's SDK". */
  readonly name: string;
  run(memory: VendorSdk): Promise<unknown>;
  /** A partial match of the result. */
  readonly expected: unknown;
  /** The sample as published, if it breaks a rule of its own page. `error` is a partial match of the error. */
  readonly published?: { run(memory: VendorSdk): Promise<unknown>; readonly error: object };
}

const noIdentifier = {
  status: 400,
  code: 400,
  message: expect.stringContaining("must contain at least one trait that is promoted to an identifier"),
};

const tooFewMappings = { status: 400, code: 520046, message: "/columnMappings: must have at least 2 items" };
const created = {
  importId: expect.stringMatching(/^mem_import_[0-7][0-9a-z]{25}$/),
  url: expect.stringMatching(/^http/),
};

/** All samples of the documentation, in its order. */
export const samples: readonly Sample[] = [
  {
    name: "creates or finds a profile",
    published: { run: (memory) => memory.profiles(storeId).create({ traits: {} }), error: noIdentifier },
    run: (memory) => memory.profiles(storeId).create({ traits: { Contact: alyssa } }),
    expected: { id: profileId, message: "Profile resolved and accepted for processing." },
  },
  {
    name: "lists profiles, newest first",
    run: (memory) => memory.profiles(storeId).list({ orderBy: "DESC", limit: 20 }),
    expected: [profileId],
  },
  {
    name: "fetches a profile",
    run: (memory) => memory.profiles(storeId, profileId).fetch(),
    expected: { id: profileId, createdAt: new Date("2009-07-06T20:30:00Z"), traits: { Contact: alyssa } },
  },
  {
    name: "patches the traits of a profile",
    run: (memory) => memory.profiles(storeId, profileId).patch({ traits: {} }),
    expected: { message: "Trait modifications accepted for processing." },
  },
  {
    name: "deletes a profile",
    run: (memory) => memory.profiles(storeId, profileId).remove(),
    expected: { message: "Profile accepted for deletion." },
  },
  {
    name: "upserts one profile in bulk",
    published: { run: (memory) => memory.bulk(storeId).update({ profiles: [{ traits: {} }] }), error: noIdentifier },
    run: (memory) => memory.bulk(storeId).update({ profiles: [{ traits: { Contact: alyssa } }] }),
    expected: { message: "Profile batch accepted for processing." },
  },
  {
    name: "upserts two profiles in bulk",
    run: (memory) =>
      memory.bulk(storeId).update({ profiles: [{ traits: { Contact: alyssa } }, { traits: { Contact: john } }] }),
    expected: { message: "Profile batch accepted for processing." },
  },
  {
    name: "creates an import of a file with three columns",
    run: (memory) =>
      memory.imports(storeId).create({ filename: "profiles_import.csv", fileSize: 204_800, columnMappings }),
    expected: created,
  },
  {
    name: "creates an import of a larger file",
    published: {
      run: (memory) =>
        memory.imports(storeId).create({
          filename: "filename",
          fileSize: 4_404_020,
          columnMappings: [{ columnName: "columnName", traitGroup: "traitGroup", traitName: "traitName" }],
        }),
      error: tooFewMappings,
    },
    run: (memory) => memory.imports(storeId).create({ filename: "filename", fileSize: 4_404_020, columnMappings }),
    expected: created,
  },
  {
    name: "lists imports",
    run: (memory) => memory.imports(storeId).list({ limit: 20 }),
    expected: [importId],
  },
  {
    name: "fetches the status of an import",
    run: (memory) => memory.imports(storeId, importId).fetch(),
    expected: {
      status: "COMPLETED",
      filename: "filename",
      fileSize: 204_800,
      columnMappings,
      createdAt: new Date("2009-07-06T20:30:00Z"),
      updatedAt: new Date("2009-07-06T20:30:00Z"),
      summary: { errors: 10, warnings: 5 },
    },
  },
];
