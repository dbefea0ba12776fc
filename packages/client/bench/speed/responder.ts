// Runs in its own process and always sends the same response, so that the bench measures the callers.
import { createServer } from "node:http";

const json = { "Content-Type": "application/json" };
const profile = JSON.stringify({
  id: "mem_profile_00000000000000000000000000",
  createdAt: "2026-01-01T00:00:00Z",
  traits: { Contact: { email: "ada.reyes@example.com", phone: "+14155550100", firstName: "Ada", lastName: "Reyes" } },
});
const accepted = JSON.stringify({ message: "Accepted." });

const server = createServer((request, response) => {
  if (request.method === "GET") {
    response.writeHead(200, { ...json, "Content-Length": profile.length }).end(profile);
  } else {
    request.resume().on("end", () => {
      response.writeHead(202, { ...json, "Content-Length": accepted.length }).end(accepted);
    });
  }
});
server.listen(0, "127.0.0.1", () => process.send?.(server.address()));
process.on("disconnect", () => process.exit());
