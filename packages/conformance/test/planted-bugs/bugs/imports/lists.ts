import type { ProxiedResponse } from "../../../support/proxied-messages.ts";
import { ACCOUNT, OTHER_ACCOUNT } from "../../../support/start-server.ts";
import { altered, type PlantedBug } from "../../planted-bug.ts";

const importsOf = (response: ProxiedResponse): unknown[] => {
  const { imports } = Object(response.json);
  return Array.isArray(imports) ? imports : [];
};

/** What can be read about imports. */
export const IMPORT_LIST_BUGS: readonly PlantedBug[] = [
  {
    name: "list-of-imports-oldest-first",
    breaks: "The list of imports begins with the oldest.",
    in: ["listProfileImportsV2"],
    foundBy: ["imports"],
    fault: altered(["listProfileImportsV2"], 200, (response) => {
      const { imports } = Object(response.json);
      return response.withProperties({ imports: Array.isArray(imports) ? imports.toReversed() : imports });
    }),
  },
  {
    name: "list-of-imports-omits-pending",
    breaks: "An import is not listed before its file arrives.",
    in: ["listProfileImportsV2"],
    foundBy: ["imports"],
    fault: () => {
      const uploaded = new Set<string | undefined>();
      return async (request, forward) => {
        const response = await forward(request);
        if (request.operation === "uploadImportFile" && response.status === 200) uploaded.add(request.path["importId"]);
        if (request.operation !== "listProfileImportsV2" || response.status !== 200) return response;
        const { imports } = Object(response.json);
        return response.withProperties({
          imports: Array.isArray(imports) ? imports.filter((id) => uploaded.has(id)) : imports,
        });
      };
    },
  },
  {
    name: "list-of-imports-of-all-stores",
    breaks: "The list of imports contains those of other stores.",
    in: ["listProfileImportsV2"],
    foundBy: ["imports", "authentication"],
    fault: () => async (request, forward) => {
      const response = await forward(request);
      if (request.operation !== "listProfileImportsV2" || response.status !== 200) return response;
      const other = request.path["storeId"] === ACCOUNT.storeId ? OTHER_ACCOUNT : ACCOUNT;
      const authorization = `Basic ${Buffer.from(`${other.username}:${other.password}`).toString("base64")}`;
      const target = request.target.replace(request.path["storeId"] ?? "", other.storeId);
      const more = await forward(request.with({ target }).withHeader("Authorization", authorization));
      const imports = [...importsOf(response), ...importsOf(more)].map(String).sort().reverse();
      return response.withProperties({ imports: imports.slice(0, 100) });
    },
  },
  {
    name: "list-of-imports-cut-at-10",
    breaks: "The list of imports has at most 10 of them.",
    in: ["listProfileImportsV2"],
    foundBy: ["imports"],
    fault: altered(["listProfileImportsV2"], 200, (response) =>
      response.withProperties({ imports: importsOf(response).slice(0, 10) }),
    ),
  },
  {
    name: "import-created-at-changes",
    breaks: "The createdAt of an import is the time of the request.",
    in: ["fetchProfileImportV2"],
    foundBy: ["imports", "clock"],
    fault: altered(["fetchProfileImportV2"], 200, (response) => {
      const now = new Date().toISOString();
      const { updatedAt } = Object(response.json);
      return response.withProperties({ createdAt: now, ...(updatedAt !== undefined && { updatedAt: now }) });
    }),
  },
];
