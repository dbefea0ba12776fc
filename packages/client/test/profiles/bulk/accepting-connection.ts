import { createConnection } from "../../../src/connection/connection.ts";

/** A connection without a network that accepts every batch, and only counts its items. */
export function acceptingConnection() {
  let received = 0;
  const body = JSON.stringify({ message: "ok" });
  const connection = createConnection({
    credentials: { apiKey: "key", apiSecret: "secret" },
    async fetch(_, init) {
      received += JSON.parse(String(init.body)).profiles.length;
      return { status: 202, ok: true, headers: { get: () => null }, text: async () => body };
    },
  });
  return { connection, received: () => received };
}
