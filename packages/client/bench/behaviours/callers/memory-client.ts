import { createMemoryClient } from "@memory-api/client";
import type { ProfileId } from "@memory-api/types";
import { storeId } from "../service/answers.ts";
import { type Caller, importToCreate } from "./caller.ts";
import { endingOf } from "./ending.ts";

export function memoryClient(baseUrl: string): Caller {
  const memory = createMemoryClient({ baseUrl, credentials: { apiKey: "SK0", apiSecret: "secret" } });
  const { profiles, imports } = memory.store(storeId);
  const mapping = { email: "Contact.email", name: "Contact.firstName" } as const;
  return {
    // The vendor's SDK takes any string, so this client is given any.
    fetchProfile: (id, signal) => endingOf(() => profiles.fetch(id as ProfileId, { signal })),
    deleteProfile: (id) => endingOf(() => profiles.delete(id as ProfileId)),
    createImport: () => endingOf(() => imports.create(importToCreate)),
    importFile: (csv) => endingOf(() => imports.run(new Blob([csv]), { mapping })),
    lists: { "list()": () => endingOf(() => profiles.list().toArray({ limit: Number.POSITIVE_INFINITY })) },
  };
}
