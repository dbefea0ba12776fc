// A server as a process of its own: it is given its settings as a message, and answers with where it listens.
import { once } from "node:events";
import { startServer } from "../../src/process/start-server.ts";

const [settings] = await once(process, "message");
process.once("disconnect", () => process.exit());
const server = await startServer(settings);
process.once("message", async () => {
  await server.close();
  process.disconnect();
});
process.send?.(server.url);
