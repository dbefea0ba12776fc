import type { ServerProcess } from "../../server/server-process.ts";

/**
 * Asks the sandbox of its control API, or tells it.
 *
 * @param told what to put there; nothing is only read
 */
export async function control({ url }: ServerProcess, path: string, told?: object) {
  const headers = { "Content-Type": "application/json" };
  const init = told === undefined ? {} : { method: "PUT", headers, body: JSON.stringify(told) };
  const response = await fetch(`${url}/__sandbox/${path}`, init);
  if (!response.ok) throw new Error(`The sandbox answered ${path} with ${await response.text()}`);
  return response.json();
}
