import { createMemoryClient } from "@memory-api/client";
import { storeId } from "../scripted-service.ts";
import { type Caller, importToCreate, outcomeOf } from "./caller.ts";

export function memoryClient(baseUrl: string): Caller {
  const memory = createMemoryClient({ baseUrl, credentials: { apiKey: "SK0", apiSecret: "secret" } });
  const { profiles, imports } = memory.store(storeId);
  const mapping = { email: "Contact.email", name: "Contact.firstName" } as const;
  return {
    fetchProfile: (id, signal) => outcomeOf(() => profiles.fetch(id, { signal })),
    deleteProfile: (id) => outcomeOf(() => profiles.delete(id)),
    createImport: () => outcomeOf(() => imports.create(importToCreate)),
    importFile: (csv) => outcomeOf(() => imports.run(new Blob([csv]), { mapping })),
    lists: { "list()": () => outcomeOf(() => profiles.list().toArray({ limit: Number.POSITIVE_INFINITY })) },
  };
}
