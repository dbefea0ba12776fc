import { holds, rejectionOf } from "../assertions.ts";
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
      const known = memory({ retry: false });
      const stranger = memory({ credentials: { apiKey, apiSecret } });
      const { profiles, imports } = known.store(storeId);
      const { url } = await imports.create({ filename: "a.csv", fileSize: trait.length, columnMappings });
      const traits = { Contact: { email: "refused@example.com", unknown: trait } };
      const withToken = (text: string) => text.replace(/\?.*/, `?token=${token}`);
      const upload = (to: string) => known.operations.uploadImportFile({ url: withToken(to), body: trait });

      const errors = [
        await rejectionOf(stranger.store(storeId).profiles.create({ traits })),
        await rejectionOf(profiles.create({ traits })),
        await rejectionOf(upload(url)),
        await rejectionOf(upload(url.replace(new URL(url).origin, unreachableUrl))),
      ];
      for (const error of errors) {
        const text = shown(error);
        for (const [name, secret] of Object.entries(secrets)) {
          holds(!text.includes(secret), `the ${name} is not in the ${Object(error).name}`);
        }
      }
      const names = errors.map((error) => `${Object(error).name} ${Object(error).status}`);
      const expected = ["MemoryApiError 401", "MemoryApiError 400", "MemoryApiError 403", "ConnectionError undefined"];
      holds(names.join() === expected.join(), `these are the errors, not ${names}`);
    },
  },
];

/** All that is seen of an error where it is printed, logged or turned into JSON. */
function shown(error: unknown): string {
  const inspect = globalThis.process?.getBuiltinModule?.("node:util")?.inspect;
  const { stack, cause } = Object(error);
  const own = JSON.stringify({ ...Object(error) });
  return [String(error), stack, JSON.stringify(error), own, String(cause), inspect?.(error)].join("\n");
}
