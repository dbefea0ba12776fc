import { equal, holds, rejectionOf } from "../assertions.ts";
import type { Check } from "../check.ts";

export const profileChecks: readonly Check[] = [
  {
    name: "creates a profile and fetches it",
    async run({ memory, settings: { storeId } }) {
      const { profiles } = memory().store(storeId);
      const Contact = { email: "ada.reyes@example.com", firstName: "Ada" };
      const { id } = await profiles.create({ traits: { Contact } });
      const found = await profiles.fetch(id, { traitGroups: ["Contact"] });
      equal({ ...found, createdAt: "" }, { id, createdAt: "", traits: { Contact } });
      holds(!Number.isNaN(Date.parse(found.createdAt)), "createdAt is a time");
    },
  },
  {
    name: "patches traits, and removes one with null",
    async run({ memory, settings: { storeId } }) {
      const { profiles } = memory().store(storeId);
      const Contact = { email: "patched@example.com", firstName: "Ada", city: "Alameda" };
      const { id } = await profiles.create({ traits: { Contact } });
      await profiles.patch(id, { traits: { Contact: { firstName: null, city: "Oakland" } } });
      equal((await profiles.fetch(id)).traits, { Contact: { email: "patched@example.com", city: "Oakland" } });
    },
  },
  {
    name: "deletes a profile, which is not found then",
    async run({ memory, settings: { storeId } }) {
      const { profiles } = memory().store(storeId);
      const { id } = await profiles.create({ traits: { Contact: { email: "deleted@example.com" } } });
      equal((await profiles.delete(id).withResponse()).status, 202);
      const { name, status } = Object(await rejectionOf(profiles.fetch(id)));
      equal({ name, status }, { name: "MemoryApiError", status: 404 });
    },
  },
  {
    name: "waits until a profile is as it is to be",
    async run({ memory, settings: { storeId } }) {
      const { profiles } = memory().store(storeId);
      const { id } = await profiles.create({ traits: { Contact: { email: "awaited@example.com" } } });
      let looks = 0;
      const found = await profiles.waitFor(id, { until: () => ++looks === 3 });
      equal([found.id, looks], [id, 3]);
    },
  },
  {
    name: "keeps traits of any script as they are",
    async run({ memory, settings: { storeId } }) {
      const { profiles } = memory().store(storeId);
      const Contact = {
        email: "scripts@example.com",
        firstName: "Zoë 🌊 Ελένη 李 \u2028 \u0000",
        lastName: "שלום\r\n",
      };
      const { id } = await profiles.create({ traits: { Contact } });
      equal((await profiles.fetch(id)).traits["Contact"], Contact);
    },
  },
  {
    name: "sends credentials in UTF-8",
    async run({ memory, settings: { storeId, foreignCredentials } }) {
      const { operations } = memory({ credentials: async () => foreignCredentials });
      const { status } = await operations.listProfileImportsV2({ path: { storeId } }).withResponse();
      equal(status, 200);
    },
  },
];
