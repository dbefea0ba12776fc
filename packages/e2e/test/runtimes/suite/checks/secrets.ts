import { assert, rejectionOf } from "../assertions.ts";
import type { Check } from "../check.ts";
import { columnMappings } from "../csv-file.ts";

const apiKey = "SKdeadbeef";
const canary = "canary-5ec2e700-0000";
const apiSecret = `${canary}-secret`;
const token = `${canary}-token`;
const trait = `${canary}-trait`;
const secrets = { apiSecret, authorization: btoa(`${apiKey}:${apiSecret}`), token, trait };

export const secretChecks: readonly Check[] = [
  {
    name: "keeps secrets and traits out of errors",
    async run({ memory, settings: { storeId, unreachableUrl } }) {
      const authorized = memory({ retry: false });
      const unauthorized = memory({ credentials: { apiKey, apiSecret } });
      const { profiles, imports } = authorized.store(storeId);
      const { url } = await imports.create({ filename: "a.csv", fileSize: trait.length, columnMappings });
      const traits = { Contact: { email: "rejected@example.com", unknown: trait } };
      const withToken = (text: string) => text.replace(/\?.*/, `?token=${token}`);
      const upload = (uploadUrl: string) =>
        authorized.operations.uploadImportFile({ url: withToken(uploadUrl), body: trait });

      const errors = [
        await rejectionOf(unauthorized.store(storeId).profiles.create({ traits })),
        await rejectionOf(profiles.create({ traits })),
        await rejectionOf(upload(url)),
        await rejectionOf(upload(url.replace(new URL(url).origin, unreachableUrl))),
      ];
      for (const error of errors) {
        const text = textOf(error);
        for (const [name, secret] of Object.entries(secrets)) {
          assert(!text.includes(secret), `the ${Object(error).name} does not contain the ${name}`);
        }
      }
      const names = errors.map((error) => `${Object(error).name} ${Object(error).status}`);
      const expected = ["MemoryApiError 401", "MemoryApiError 400", "MemoryApiError 403", "ConnectionError undefined"];
      assert(names.join() === expected.join(), `the errors are ${expected}, not ${names}`);
    },
  },
];

/** Returns everything that is visible when an error is printed, logged or serialized. */
function textOf(error: unknown): string {
  const inspect = globalThis.process?.getBuiltinModule?.("node:util")?.inspect;
  const { stack, cause } = Object(error);
  const own = JSON.stringify({ ...Object(error) });
  return [String(error), stack, JSON.stringify(error), own, String(cause), inspect?.(error)].join("\n");
}
