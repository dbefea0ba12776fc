import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { type Answer, callOf, importFile, person } from "./call-sandbox.ts";

/** A tour of all operations. */
export async function tour(sandbox: Sandbox): Promise<unknown[]> {
  const call = callOf(sandbox);
  const answers: Answer[] = [];
  const ada = await call("POST", "", person("ada@example.com", { firstName: "Ada" }));
  const grace = await call("POST", "", person("grace@example.com"));
  answers.push(ada, grace);
  answers.push(await call("POST", "", {}));
  answers.push(await call("PUT", "Bulk", { profiles: [person("a@example.com"), person("b@example.com")] }));
  answers.push(await call("PATCH", String(grace.body["id"]), person("ada@example.com")));
  answers.push(await call("GET", String(grace.body["id"])), await call("GET", String(ada.body["id"])));
  const page = await call("GET", "?pageSize=1");
  answers.push(page, await call("GET", `?pageToken=${Object(page.body["meta"])["nextToken"]}&pageSize=1`));
  const { importId, url } = await importFile(sandbox, "email,firstName\nlin@example.com,Lin\n");
  await sandbox.clock.advance(1000);
  answers.push(
    await call("GET", `Imports/${importId}`),
    await call("GET", "Imports"),
    await call("GET", "?orderBy=ASC"),
  );
  answers.push(await call("DELETE", String(ada.body["id"])), await call("GET", "/nowhere"));
  return [...answers, url];
}

export const statusesOf = (answers: unknown[]) => answers.map((answer) => Object(answer).status);
