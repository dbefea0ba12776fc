// A server in a separate process. It receives its settings as a message, and sends its URL.
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
