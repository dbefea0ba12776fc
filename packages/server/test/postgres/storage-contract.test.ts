import { openPostgres } from "../../src/storage/postgres/open-postgres.ts";
import { describeStorage } from "../storage-contract/describe-storage.ts";
import { usePostgres } from "./use-postgres.ts";

const createDatabase = usePostgres();
let database: Promise<string> | undefined;

describeStorage({
  name: "PostgreSQL",
  async open(rules) {
    database ??= createDatabase();
    const storage = await openPostgres({ databaseUrl: await database, rules });
    await storage.restore({});
    return { storage, uploads: storage.uploads, close: storage.close };
  },
});
