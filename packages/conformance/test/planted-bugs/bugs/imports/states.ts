import type { Fault } from "../../../support/faulty-proxy.ts";
import type { ProxiedRequest } from "../../../support/proxied-messages.ts";
import { altered, type PlantedBug, uploading } from "../../planted-bug.ts";

/** Alters the state of imports. */
function reported(
  alter: (state: ImportState, request: ProxiedRequest) => Partial<Record<keyof ImportState, unknown>>,
): () => Fault {
  return altered(["fetchProfileImportV2"], 200, (response, request) =>
    response.withProperties({ ...alter(Object(response.json), request) }),
  );
}

interface ImportState {
  readonly status: string;
  readonly summary?: { readonly errors: number; readonly warnings: number };
}

const hasEnded = ({ status }: ImportState) => status === "COMPLETED" || status === "FAILED";

/** The states and the summary of an import. */
export const IMPORT_STATE_BUGS: readonly PlantedBug[] = [
  {
    name: "unused-import-stays-pending",
    breaks: "An import whose URL expired without an upload stays PENDING.",
    in: ["fetchProfileImportV2"],
    foundBy: ["clock"],
    fault: () => {
      const uploaded = new Set<string | undefined>();
      return async (request, forward) => {
        const response = await forward(request);
        if (request.operation === "uploadImportFile" && response.status === 200) uploaded.add(request.path["importId"]);
        const isUnused = request.operation === "fetchProfileImportV2" && !uploaded.has(request.path["importId"]);
        return isUnused && response.status === 200
          ? response.withProperties({ status: "PENDING", summary: undefined })
          : response;
      };
    },
  },
  {
    name: "upload-never-processed",
    breaks: "An uploaded file is never processed.",
    in: ["fetchProfileImportV2"],
    foundBy: ["imports", "clock"],
    fault: reported((state) => (hasEnded(state) ? { status: "PROCESSING", summary: undefined } : {})),
  },
  {
    name: "import-state-regresses",
    breaks: "An import that has ended is PROCESSING again.",
    in: ["fetchProfileImportV2"],
    foundBy: ["imports", "clock"],
    fault: () => {
      const seen = new Map<string, number>();
      return async (request, forward) => {
        const response = await forward(request);
        if (request.operation !== "fetchProfileImportV2" || !hasEnded(Object(response.json))) return response;
        const id = request.path["importId"] ?? "";
        const count = (seen.get(id) ?? 0) + 1;
        seen.set(id, count);
        return count > 1 ? response.withProperties({ status: "PROCESSING" }) : response;
      };
    },
  },
  {
    name: "import-completed-before-upload",
    breaks: "An import is COMPLETED before its file arrives.",
    in: ["fetchProfileImportV2"],
    foundBy: ["imports", "clock"],
    fault: reported(({ status }) =>
      status === "PENDING" ? { status: "COMPLETED", summary: { errors: 0, warnings: 0 } } : {},
    ),
  },
  {
    name: "import-without-summary",
    breaks: "A completed import has no summary.",
    in: ["fetchProfileImportV2"],
    foundBy: ["imports", "clock"],
    fault: reported(() => ({ summary: undefined })),
  },
  {
    name: "errors-not-counted",
    breaks: "The errors of a summary are always 0.",
    in: ["fetchProfileImportV2"],
    foundBy: ["imports", "clock"],
    fault: reported(({ summary }) => (summary === undefined ? {} : { summary: { ...summary, errors: 0 } })),
  },
  {
    name: "errors-off-by-one",
    breaks: "The header row is counted as an error.",
    in: ["fetchProfileImportV2"],
    foundBy: ["imports", "clock"],
    fault: reported(({ summary }) =>
      summary === undefined ? {} : { summary: { ...summary, errors: summary.errors + 1 } },
    ),
  },
  {
    name: "errors-as-warnings",
    breaks: "Rows with errors are counted as warnings.",
    in: ["fetchProfileImportV2"],
    foundBy: ["imports", "clock"],
    fault: reported(({ summary }) =>
      summary === undefined ? {} : { summary: { errors: summary.warnings, warnings: summary.errors } },
    ),
  },
  {
    name: "hundred-errors-completed",
    breaks: "An import with 100 errors is COMPLETED.",
    in: ["fetchProfileImportV2"],
    foundBy: ["imports", "clock"],
    fault: reported(({ status, summary }) =>
      status === "FAILED" && (summary?.errors ?? 0) >= 100 ? { status: "COMPLETED" } : {},
    ),
  },
  {
    name: "one-error-fails-import",
    breaks: "An import with a single error is FAILED.",
    in: ["fetchProfileImportV2"],
    foundBy: ["imports", "clock"],
    fault: reported(({ status, summary }) =>
      status === "COMPLETED" && (summary?.errors ?? 0) > 0 ? { status: "FAILED" } : {},
    ),
  },
  {
    name: "ninety-nine-errors-fail-import",
    breaks: "An import with 99 errors is FAILED.",
    in: ["fetchProfileImportV2"],
    foundBy: ["imports", "clock"],
    fault: reported(({ status, summary }) =>
      status === "COMPLETED" && (summary?.errors ?? 0) >= 99 ? { status: "FAILED" } : {},
    ),
  },
  {
    name: "failed-import-rolled-back",
    breaks: "The valid rows of an import with 100 errors are not kept.",
    in: ["uploadImportFile"],
    foundBy: ["imports", "clock"],
    fault: uploading((text) => {
      const rows = text.split("\n");
      const isBad = (row: string) => row !== "" && !/@|\d{7}/.test(row);
      if (rows.slice(1).filter(isBad).length < 100) return text;
      return rows.map((row, at) => (at === 0 || isBad(row) ? row : "\n".repeat(row.length))).join("\n");
    }),
  },
  {
    name: "missing-column-ignored",
    breaks: "An import whose file lacks a mapped column is COMPLETED.",
    in: ["fetchProfileImportV2"],
    foundBy: ["imports", "clock"],
    fault: reported(({ status, summary }) =>
      status === "FAILED" && (summary?.errors ?? 0) < 100
        ? { status: "COMPLETED", summary: { errors: 0, warnings: 0 } }
        : {},
    ),
  },
];
