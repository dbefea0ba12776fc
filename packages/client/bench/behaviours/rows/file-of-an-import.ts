import type { ResponseOf } from "@memory-api/types";
import { towardsService } from "../behaviour.ts";
import { told } from "../callers/ending.ts";
import { importId } from "../service/answers.ts";

const csv = "email,name\nada.reyes@example.com,Ada\n";

const status: ResponseOf<"fetchProfileImportV2"> = {
  status: "COMPLETED",
  filename: "contacts.csv",
  createdAt: "2026-01-01T00:00:00Z",
};

export const fileOfAnImport = towardsService(
  "Import of a CSV file, with one call",
  ({ method, origin }) => {
    if (method === "GET") return { body: status };
    if (method === "PUT") return {};
    const created: ResponseOf<"createProfilesImportV2"> = { importId, url: `${origin}/uploads/${importId}` };
    return { status: 201, body: created };
  },
  async (caller, { requests }) => {
    const ending = await caller.importFile(csv);
    const arrived = requests.filter(({ method }) => method === "PUT").reduce((sum, { length }) => sum + length, 0);
    const isAwaited = requests.at(-1)?.method === "GET";
    const outcome = `${told(ending)}; ${arrived} of ${csv.length} bytes are uploaded`;
    return isAwaited ? `${outcome}, its end is awaited` : outcome;
  },
);
