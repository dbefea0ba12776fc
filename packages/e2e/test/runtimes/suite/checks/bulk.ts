import { assertEqual } from "../assertions.ts";
import type { Check } from "../check.ts";

export const bulkChecks: readonly Check[] = [
  {
    name: "upserts 2500 profiles in three chunks",
    async run({ memory, settings: { storeId } }) {
      const { profiles } = memory().store(storeId);
      const accepted: number[] = [];
      const job = profiles.bulkUpsert(customers(2500), { onProgress: (progress) => accepted.push(progress.accepted) });
      assertEqual(await job, { items: 2500, chunks: 3 });
      assertEqual(accepted, [1000, 2000, 2500]);
      const { id } = await profiles.create({ traits: { Contact: { email: "bulk-2500@example.com" } } });
      assertEqual((await profiles.fetch(id)).traits["Contact"]?.["firstName"], "Customer 2500");
    },
  },
];

async function* customers(count: number) {
  for (let number = 1; number <= count; number++) {
    yield { traits: { Contact: { email: `bulk-${number}@example.com`, firstName: `Customer ${number}` } } };
  }
}
