import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { callOf, importFile, person, type Response } from "./call-sandbox.ts";

/** Calls every operation. Returns the responses, and the upload URL. */
export async function callEveryOperation(sandbox: Sandbox): Promise<unknown[]> {
  const call = callOf(sandbox);
  const responses: Response[] = [];
  const ada = await call("POST", "", person("ada@example.com", { firstName: "Ada" }));
  const grace = await call("POST", "", person("grace@example.com"));
  responses.push(ada, grace);
  responses.push(await call("POST", "", {}));
  responses.push(await call("PUT", "Bulk", { profiles: [person("a@example.com"), person("b@example.com")] }));
  responses.push(await call("PATCH", String(grace.body["id"]), person("ada@example.com")));
  responses.push(await call("GET", String(grace.body["id"])), await call("GET", String(ada.body["id"])));
  const page = await call("GET", "?pageSize=1");
  responses.push(page, await call("GET", `?pageToken=${Object(page.body["meta"])["nextToken"]}&pageSize=1`));
  const { importId, url } = await importFile(sandbox, "email,firstName\nlin@example.com,Lin\n");
  await sandbox.clock.advance(1000);
  responses.push(
    await call("GET", `Imports/${importId}`),
    await call("GET", "Imports"),
    await call("GET", "?orderBy=ASC"),
  );
  responses.push(await call("DELETE", String(ada.body["id"])), await call("GET", "/nowhere"));
  return [...responses, url];
}

export const statusesOf = (responses: unknown[]) => responses.map((response) => Object(response).status);
