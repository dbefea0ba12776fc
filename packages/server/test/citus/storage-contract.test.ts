import { openPostgres } from "../../src/storage/postgres/open-postgres.ts";
import { describeStorage } from "../storage-contract/describe-storage.ts";
import { storeIds } from "../storage-contract/storage-engine.ts";
import { useCitus } from "./use-citus.ts";

const citus = useCitus();
let database: Promise<string> | undefined;

describeStorage({
  name: "Citus:",
  async open() {
    database ??= citus.create();
    const { storage, uploads } = await openPostgres({ databaseUrl: await database });
    await storage.restore(storeIds, {});
    return { storage, uploads, close: storage.close };
  },
});
