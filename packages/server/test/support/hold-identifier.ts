import pg from "pg";
import { storeId } from "./settings-for-tests.ts";

/** Claims an email address in a transaction that ends when the returned function is called. */
export async function holdIdentifier(databaseUrl: string | undefined, email: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query("BEGIN");
  await client.query("INSERT INTO identifiers VALUES ($1, 'email', $2, 'nobody', 0)", [storeId, email]);
  return async () => {
    await client.query("ROLLBACK");
    await client.end();
  };
}
