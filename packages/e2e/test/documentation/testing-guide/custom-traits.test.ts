import { createMemoryClient } from "@memory-api/client";
import { createSandbox } from "@memory-api/server";
import { afterAll, expect, it } from "vitest";

const sandbox = await createSandbox({
  stores: [
    {
      id: "mem_store_00000000000000000000000000",
      identifierTypes: { email: { normalization: "email" } },
      traitGroups: {
        Contact: { traits: { email: { dataType: "STRING", idTypePromotion: "email" } } },
        Loyalty: { traits: { points: { dataType: "NUMBER" } } },
      },
    },
  ],
});
const { profiles } = createMemoryClient(sandbox.clientOptions).store(sandbox.storeId);
afterAll(() => sandbox.close());

it("stores the loyalty points of a customer", async () => {
  const traits = { Contact: { email: "ada.reyes@example.com" }, Loyalty: { points: 120 } };
  const { id } = await profiles.create({ traits });
  expect(await profiles.waitFor(id)).toMatchObject({ traits });
});
