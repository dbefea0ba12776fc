import { importEnd } from "../support/import-end.ts";
import { bodyOf, type KeepAliveClient } from "../support/keep-alive-client.ts";
import { storeId } from "../support/settings-for-tests.ts";
import type { Expected, Subject } from "./subject.ts";

/**
 * Performs all writes of a new subject. Rejects once the server is gone.
 *
 * @param number number of the subject
 */
export type Workload = (client: KeepAliveClient, subject: Subject, number: number) => Promise<void>;

type Traits = Expected["traits"];

const path = { storeId } as const;

/** Creates two profiles, merges them, changes the result, and deletes every other one. */
export const person: Workload = async (client, subject, number) => {
  const email = `person${number}@example.com`;
  const newEmail = `renamed${number}@example.com`;
  const phone = phoneOf(number);
  const one: Expected = { identifiers: [`email ${email}`], traits: { email, firstName: `${number}` } };
  const other: Expected = { identifiers: [`phone ${phone}`], traits: { phone, lastName: `${number}` } };
  const link = { email, phone, city: `${number}` };
  const merged: Expected = {
    identifiers: [...one.identifiers, ...other.identifiers],
    traits: { ...one.traits, ...other.traits, ...link },
  };
  const changed: Expected = {
    identifiers: [...merged.identifiers, `email ${newEmail}`],
    traits: { ...merged.traits, email: newEmail },
  };

  subject.learn(await subject.write([one], () => create(client, one.traits)), `email ${email}`);
  subject.learn(await subject.write([one, other], () => create(client, other.traits)), `phone ${phone}`);
  const profileId = await subject.write([merged], () => create(client, link));
  const body = { traits: { Contact: { email: newEmail } } };
  await subject.write([changed], async () =>
    bodyOf(await client.send("patchProfileTraits", { path: { storeId, profileId }, body }), 202),
  );
  if (number % 2 === 0) return;
  await subject.write([], async () =>
    bodyOf(await client.send("deleteProfile", { path: { storeId, profileId } }), 202),
  );
};

const CROWD = 25;

/** Creates many profiles in one bulk request, and merges them in another. */
export const crowd: Workload = async (client, subject, number) => {
  const phone = phoneOf(number);
  const emails = Array.from({ length: CROWD }, (_, at) => `crowd${number}.${at}@example.com`);
  const people = emails.map((email): Expected => ({ identifiers: [`email ${email}`], traits: { email } }));
  const merged: Expected = {
    identifiers: [...emails.map((email) => `email ${email}`), `phone ${phone}`],
    traits: { email: emails.at(-1) ?? "", phone },
  };
  await subject.write(people, () =>
    bulk(
      client,
      people.map(({ traits }) => traits),
    ),
  );
  await subject.write([merged], () =>
    bulk(
      client,
      emails.map((email) => ({ email, phone })),
    ),
  );
};

const ROWS = 1_500;

/** Summary of every file, which has rows without an identifier and a row with a cell that is too long. */
export const FILE_SUMMARY = { errors: 2, warnings: 1 };

/** Imports a file. The import completes even if it is interrupted. */
export const file: Workload = async (client, subject, number) => {
  const people = Array.from({ length: ROWS }, (_, at): Expected => {
    const email = `file${number}.${at}@example.com`;
    return { identifiers: [`email ${email}`], traits: { email, ...(at > 0 && { firstName: `${number}` }) } };
  });
  const rows = people.map(({ traits }) => `${traits["email"]},${traits["firstName"] ?? "x".repeat(1025)}\n`);
  const csv = `Email,Name\n,nobody\n${rows.join("")},nobody\n`;
  const columnMappings = [
    { columnName: "Email", traitGroup: "Contact", traitName: "email" },
    { columnName: "Name", traitGroup: "Contact", traitName: "firstName" },
  ];
  const body = { filename: "people.csv", fileSize: csv.length, columnMappings };
  const { importId, url } = bodyOf(await client.send("createProfilesImportV2", { path, body }), 201);
  await subject.write(people, async () => bodyOf(await client.upload(url, csv), 200));
  await importEnd(client, storeId, importId);
};

async function create(client: KeepAliveClient, traits: Traits) {
  return bodyOf(await client.send("createProfile", { path, body: { traits: { Contact: traits } } }), 202).id;
}

async function bulk(client: KeepAliveClient, people: readonly Traits[]): Promise<void> {
  const profiles = people.map((traits) => ({ traits: { Contact: traits } }));
  bodyOf(await client.send("updateProfilesBulk", { path, body: { profiles } }), 202);
}

const phoneOf = (number: number) => `+1${2_000_000_000 + number}`;
