// Serves the built page, and forwards its reads to the Memory API with the credentials.
import { readFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import { extname } from "node:path";

const { MEMORY_BASE_URL = "https://memory.twilio.com", PORT = "3000", TWILIO_API_KEY, TWILIO_API_SECRET } = process.env;
const Authorization = `Basic ${btoa(`${TWILIO_API_KEY}:${TWILIO_API_SECRET}`)}`;
const contentTypes: Record<string, string> = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
};
/** The two operations that the page calls. The server forwards nothing else. */
const reads = /^\/memory(\/v1\/Stores\/mem_store_0{26}\/Profiles(?:\/mem_profile_[0-7][0-9a-z]{25})?(?:\?.*)?)$/;

const server = createServer(async ({ method, url = "/" }, response) => {
  // In your own server, check here whether the user is signed in and may read customers.
  const target = reads.exec(url)?.[1];
  try {
    if (method !== "GET") response.writeHead(405, { Allow: "GET" }).end();
    else if (target !== undefined) await forward(target, response);
    else await servePage(url, response);
  } catch (error) {
    console.error(error);
    response.writeHead(502).end();
  }
});

async function forward(target: string, response: ServerResponse): Promise<void> {
  const received = await fetch(MEMORY_BASE_URL + target, { headers: { Authorization }, redirect: "manual" });
  for (const name of ["Content-Type", "Retry-After", "Canonical-Profile-Id", "Location"]) {
    const value = received.headers.get(name);
    // The browser stays on this origin when a profile has moved.
    if (value !== null) response.setHeader(name, value.replace(MEMORY_BASE_URL, "/memory"));
  }
  response.writeHead(received.status).end(await received.text());
}

async function servePage(url: string, response: ServerResponse): Promise<void> {
  const path = /^\/assets\/[\w-]+\.(?:js|css)$/.test(url) ? url : "/index.html";
  if (path !== url && url !== "/") return void response.writeHead(404).end();
  response.setHeader("Content-Type", contentTypes[extname(path)] ?? "application/octet-stream");
  response.end(await readFile(new URL(`dist${path}`, import.meta.url)));
}

server.listen(Number(PORT), "127.0.0.1", () => {
  const address = server.address();
  if (address !== null && typeof address === "object") console.log(`http://127.0.0.1:${address.port}`);
});
