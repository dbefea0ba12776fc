import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as sql from "../../src/storage/postgres/statements.ts";
import {
  importCases,
  importInspectionCases,
  inspectionCases,
  profileCases,
  tableCases,
} from "../postgres/statement-cases.ts";
import { storeId } from "../storage-contract/storage-engine.ts";
import { reasonToSkip, useCitus } from "./use-citus.ts";

const citus = useCitus();
let client: pg.Client;
/** How the coordinator reports a command. */
const SENT = "issuing ";
/** The commands that the coordinator sent to workers. */
const commands: string[] = [];

beforeAll(async () => {
  if (reasonToSkip !== undefined) return;
  client = new pg.Client({ connectionString: await citus.create() });
  client.on("notice", ({ message = "" }) => {
    if (message.startsWith(SENT)) commands.push(message.slice(SENT.length));
  });
  await client.connect();
  await client.query("SET citus.log_remote_commands = on");
}, 60_000);
afterAll(() => client?.end());

const { writes, allOf } = sql;
const cases = Object.entries({
  ...profileCases(2),
  ...inspectionCases(2),
  ...importCases,
  ...importInspectionCases,
  ...tableCases,
});

/** Runs a statement in a transaction, and returns the commands that the coordinator sent. */
async function sentFor(statement: string, values: readonly unknown[]): Promise<string[]> {
  commands.length = 0;
  await client.query("BEGIN");
  await client.query(statement, [storeId, ...values]);
  await client.query("COMMIT");
  return commands.splice(0);
}

const isTask = (command: string) => !/^(BEGIN|COMMIT$)/.test(command);

describe("Citus: each statement", () => {
  it.each(cases)("%s is one task, without COPY and without a two-phase commit", async (_, [statement, values]) => {
    const sent = await sentFor(statement, values);
    expect(sent.filter(isTask)).toHaveLength(1);
    expect(sent.filter((command) => /^(COPY|PREPARE TRANSACTION)/.test(command))).toEqual([]);
    expect(sent.at(-1)).toBe("COMMIT");
  });

  it("of several writes is at most one task for each of them, on one connection", async () => {
    const { insertProfiles, insertTraitGroups, upsertIdentifiers } = profileCases(2);
    const parts = [insertProfiles, insertTraitGroups, upsertIdentifiers].flatMap((part) => part?.[1] ?? []);
    const all = [writes.insertProfiles, writes.insertTraitGroups, writes.upsertIdentifiers];
    const sent = await sentFor(
      allOf(all),
      parts.map((values) =>
        Array.isArray(values) ? values.map((value) => (typeof value === "string" ? `${value}!` : value)) : values,
      ),
    );
    expect(sent.filter(isTask)).toHaveLength(all.length);
    expect(sent.filter((command) => command.startsWith("BEGIN"))).toHaveLength(1);
    expect(sent.at(-1)).toBe("COMMIT");
  });
});
