/**
 * Calls the control API of a sandbox.
 *
 * @param url base URL of the sandbox
 * @param path for example `clock`
 * @returns the body of the response, if it has one
 * @throws {Error} if the sandbox returns an error
 */
export async function controlSandbox(url: string, method: "GET" | "POST" | "PUT", path: string, body?: object) {
  const response = await fetch(`${url}/__sandbox/${path}`, {
    method,
    headers: { "Content-Type": "application/json" },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} /__sandbox/${path} failed with status ${response.status}: ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}

/** Empties a sandbox, then adds the profiles and imports of `seed`, if any. */
export async function resetSandbox(url: string, seed?: object): Promise<void> {
  await controlSandbox(url, "POST", "reset");
  if (seed !== undefined) await controlSandbox(url, "POST", "seed", seed);
}
