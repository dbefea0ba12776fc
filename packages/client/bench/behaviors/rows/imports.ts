import type { ImportId, ResponseOf } from "@memory-api/types";
import { behaviorWith } from "../behavior.ts";
import { inWords } from "../callers/caller.ts";

const importId: ImportId = "mem_import_00000000000000000000000000";
const csv = "email,name\nada.reyes@example.com,Ada\n";

const status: ResponseOf<"fetchProfileImportV2"> = {
  status: "COMPLETED",
  filename: "contacts.csv",
  createdAt: "2026-01-01T00:00:00Z",
};

function createdAt(origin: string): ResponseOf<"createProfilesImportV2"> {
  return { importId, url: `${origin}/uploads/${importId}` };
}

export const importCutOff = behaviorWith(
  ({ origin }) => ({ status: 201, body: createdAt(origin), isCutOff: true }),
  "The response to the creation of an import is cut off",
  async (caller, { requests }) => {
    const outcome = inWords(await caller.createImport());
    return `${outcome}; imports created: ${requests.length}`;
  },
);

export const importOfFile = behaviorWith(
  ({ method, origin }) => {
    if (method === "GET") return { body: status };
    if (method === "PUT") return {};
    return { status: 201, body: createdAt(origin) };
  },
  "Import of a CSV file, with one call",
  async (caller, { requests }) => {
    const outcome = inWords(await caller.importFile(csv));
    const uploaded = requests.filter(({ method }) => method === "PUT").reduce((sum, { length }) => sum + length, 0);
    const isAwaited = requests.at(-1)?.method === "GET";
    const observed = `${outcome}; ${uploaded} of ${csv.length} bytes are uploaded`;
    return isAwaited ? `${observed}, and the end of the import is awaited` : observed;
  },
);
