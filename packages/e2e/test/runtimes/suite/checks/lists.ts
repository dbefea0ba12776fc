import type { MemoryClient } from "@memory-api/client";
import { assertEqual } from "../assertions.ts";
import type { Check, SuiteSettings } from "../check.ts";

export const listChecks: readonly Check[] = [
  {
    name: "lists IDs over several pages, newest first",
    async run({ memory, settings }) {
      const client = memory();
      const created = await createFive(client, settings, "listed");
      const listed: string[] = [];
      for await (const id of client.store(settings.storeId).profiles.list({ pageSize: 2 })) {
        listed.push(id);
        if (listed.length === created.length) break;
      }
      assertEqual(listed, created.toReversed());
    },
  },
  {
    name: "continues a list from a page token",
    async run({ memory, settings }) {
      const client = memory();
      const created = await createFive(client, settings, "continued");
      const { profiles } = client.store(settings.storeId);
      for await (const { ids, nextToken } of profiles.list({ pageSize: 2 }).pages()) {
        const rest = await profiles.list({ pageSize: 2, pageToken: nextToken }).toArray({ limit: 3 });
        assertEqual([...ids, ...rest], created.toReversed());
        break;
      }
    },
  },
];

async function createFive(client: MemoryClient, { storeId }: SuiteSettings, name: string): Promise<string[]> {
  const created: string[] = [];
  for (let number = 1; number <= 5; number++) {
    const traits = { Contact: { email: `${name}-${number}@example.com` } };
    created.push((await client.store(storeId).profiles.create({ traits })).id);
  }
  return created;
}
