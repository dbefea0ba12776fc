/** Empties a sandbox, and puts into it what is given. */
export async function resetSandbox(url: string, seed: object): Promise<void> {
  await control(`${url}/__sandbox/reset`);
  await control(`${url}/__sandbox/seed`, JSON.stringify(seed));
}

async function control(url: string, body: string | null = null): Promise<void> {
  const response = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });
  if (!response.ok) throw new Error(`The sandbox answered ${url} with ${await response.text()}`);
}
