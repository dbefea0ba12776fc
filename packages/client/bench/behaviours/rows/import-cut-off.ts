import type { ResponseOf } from "@memory-api/types";
import { towardsService } from "../behaviour.ts";
import { told } from "../callers/ending.ts";
import { importId } from "../service/answers.ts";

const created: ResponseOf<"createProfilesImportV2"> = { importId, url: "https://example.com/uploads" };

export const importCutOff = towardsService(
  "The answer to the creation of an import is cut off",
  () => ({ status: 201, body: created, isCutOff: true }),
  async (caller, { requests }) => {
    const outcome = told(await caller.createImport());
    return `${outcome}; imports made: ${requests.length}`;
  },
);
