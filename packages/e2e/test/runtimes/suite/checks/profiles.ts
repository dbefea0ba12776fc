import { assert, assertEqual, rejectionOf } from "../assertions.ts";
import type { Check } from "../check.ts";

export const profileChecks: readonly Check[] = [
  {
    name: "creates a profile and fetches it",
    async run({ memory, settings: { storeId } }) {
      const { profiles } = memory().store(storeId);
      const Contact = { email: "ada.reyes@example.com", firstName: "Ada" };
      const { id } = await profiles.create({ traits: { Contact } });
      const found = await profiles.fetch(id, { traitGroups: ["Contact"] });
      assertEqual({ ...found, createdAt: "" }, { id, createdAt: "", traits: { Contact } });
      assert(!Number.isNaN(Date.parse(found.createdAt)), "createdAt is a date");
    },
  },
  {
    name: "patches traits, and removes one with null",
    async run({ memory, settings: { storeId } }) {
      const { profiles } = memory().store(storeId);
      const Contact = { email: "patched@example.com", firstName: "Ada", city: "Alameda" };
      const { id } = await profiles.create({ traits: { Contact } });
      await profiles.patch(id, { traits: { Contact: { firstName: null, city: "Oakland" } } });
      assertEqual((await profiles.fetch(id)).traits, { Contact: { email: "patched@example.com", city: "Oakland" } });
    },
  },
  {
    name: "deletes a profile, after which fetching it returns 404",
    async run({ memory, settings: { storeId } }) {
      const { profiles } = memory().store(storeId);
      const { id } = await profiles.create({ traits: { Contact: { email: "deleted@example.com" } } });
      assertEqual((await profiles.delete(id).withResponse()).status, 202);
      const { name, status } = Object(await rejectionOf(profiles.fetch(id)));
      assertEqual({ name, status }, { name: "MemoryApiError", status: 404 });
    },
  },
  {
    name: "waits until a profile meets a condition",
    async run({ memory, settings: { storeId } }) {
      const { profiles } = memory().store(storeId);
      const { id } = await profiles.create({ traits: { Contact: { email: "awaited@example.com" } } });
      let attempts = 0;
      const found = await profiles.waitFor(id, { until: () => ++attempts === 3 });
      assertEqual([found.id, attempts], [id, 3]);
    },
  },
  {
    name: "preserves traits in any script",
    async run({ memory, settings: { storeId } }) {
      const { profiles } = memory().store(storeId);
      const Contact = {
        email: "scripts@example.com",
        firstName: "Zoë 🌊 Ελένη 李 \u2028 \u0000",
        lastName: "שלום\r\n",
      };
      const { id } = await profiles.create({ traits: { Contact } });
      assertEqual((await profiles.fetch(id)).traits["Contact"], Contact);
    },
  },
  {
    name: "sends credentials in UTF-8",
    async run({ memory, settings: { storeId, nonAsciiCredentials } }) {
      const { operations } = memory({ credentials: async () => nonAsciiCredentials });
      const { status } = await operations.listProfileImportsV2({ path: { storeId } }).withResponse();
      assertEqual(status, 200);
    },
  },
];
