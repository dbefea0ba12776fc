import type { Fault } from "../faulty-proxy.ts";
import { errorResponse, type ProxiedRequest, ProxiedResponse } from "../messages.ts";
import { altered, type PlantedBug, uploading } from "../planted-bug.ts";

const UPLOADED = () => new ProxiedResponse(200).withHeader("Content-Length", "0");

/** Accepts an upload that the server rejects, without storing it. */
function acceptingUpload(status: number, when: (request: ProxiedRequest) => boolean = () => true): () => Fault {
  return altered(["uploadImportFile"], status, (response, request) => (when(request) ? UPLOADED() : response));
}

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

const inQuotes = (change: (quoted: string) => string) => (text: string) => text.replaceAll(/"(?:[^"]|"")*"/g, change);
const hasEnded = ({ status }: ImportState) => status === "COMPLETED" || status === "FAILED";

/** Uploads, and what becomes of the file. */
export const IMPORT_BUGS: readonly PlantedBug[] = [
  {
    name: "second-upload-accepted",
    breaks: "A second upload returns 200 instead of 409.",
    in: ["uploadImportFile"],
    foundBy: ["imports", "clock"],
    fault: acceptingUpload(409),
  },
  {
    name: "short-upload-accepted",
    breaks: "A body that is shorter than fileSize is accepted.",
    in: ["uploadImportFile"],
    foundBy: ["imports", "clock"],
    fault: acceptingUpload(400),
  },
  {
    name: "long-upload-accepted",
    breaks: "A body that is longer than fileSize is accepted.",
    in: ["uploadImportFile"],
    foundBy: ["imports", "clock"],
    fault: acceptingUpload(413),
  },
  {
    name: "long-upload-400",
    breaks: "A body that is longer than fileSize returns 400 instead of 413.",
    in: ["uploadImportFile"],
    foundBy: ["imports", "clock"],
    fault: altered(["uploadImportFile"], 413, () => errorResponse(400, 400)),
  },
  {
    name: "chunked-upload-accepted",
    breaks: "An upload without Content-Length is accepted.",
    in: ["uploadImportFile"],
    foundBy: ["imports", "clock"],
    fault: acceptingUpload(411),
  },
  {
    name: "upload-type-ignored",
    breaks: "An upload with another media type is accepted.",
    in: ["uploadImportFile"],
    foundBy: ["imports", "clock"],
    fault: acceptingUpload(415, (request) => request.header("content-encoding") === undefined),
  },
  {
    name: "upload-coding-ignored",
    breaks: "The content coding of an upload is ignored.",
    in: ["uploadImportFile"],
    foundBy: ["imports", "clock"],
    fault: acceptingUpload(415, (request) => request.header("content-encoding") !== undefined),
  },
  {
    name: "upload-signature-ignored",
    breaks: "The signature of an upload URL is not checked.",
    in: ["uploadImportFile"],
    foundBy: ["imports", "clock"],
    fault: acceptingUpload(403),
  },
  {
    name: "upload-without-token-accepted",
    breaks: "An upload without token is accepted.",
    in: ["uploadImportFile"],
    foundBy: ["imports", "clock"],
    fault: acceptingUpload(403, (request) => !request.query.has("token")),
  },
  {
    name: "upload-token-of-other-import-accepted",
    breaks: "The token of another import is accepted.",
    in: ["uploadImportFile"],
    foundBy: ["imports", "clock"],
    fault: () => {
      const tokens = new Map<string, string>();
      return async (request, forward) => {
        const response = await forward(request);
        const { importId, url } = Object(response.json);
        if (response.status === 201) tokens.set(new URL(url).searchParams.get("token") ?? "", importId);
        const owner = tokens.get(request.query.get("token") ?? "");
        const isOther = owner !== undefined && owner !== request.path["importId"];
        return request.operation === "uploadImportFile" && response.status === 403 && isOther ? UPLOADED() : response;
      };
    },
  },
  {
    name: "expired-url-accepted",
    breaks: "An upload to an expired URL is accepted.",
    in: ["uploadImportFile"],
    foundBy: ["clock"],
    fault: () => {
      const tokens = new Set<string>();
      return async (request, forward) => {
        const response = await forward(request);
        const { importId, url } = Object(response.json);
        if (response.status === 201) tokens.add(`${importId} ${new URL(url).searchParams.get("token")}`);
        const isIssued = tokens.has(`${request.path["importId"]} ${request.query.get("token")}`);
        return request.operation === "uploadImportFile" && response.status === 403 && isIssued ? UPLOADED() : response;
      };
    },
  },
  {
    name: "expired-url-404",
    breaks: "An upload to an expired URL returns 404 instead of 403.",
    in: ["uploadImportFile"],
    foundBy: ["clock"],
    fault: altered(["uploadImportFile"], 403, () => errorResponse(404, 20404)),
  },
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
    name: "concurrent-uploads-accepted",
    breaks: "Two uploads at the same instant are both accepted.",
    in: ["uploadImportFile"],
    foundBy: ["imports", "clock"],
    fault: () => {
      const started = new Map<string, number>();
      return async (request, forward) => {
        if (request.operation !== "uploadImportFile") return forward(request);
        const id = request.path["importId"] ?? "";
        const active = (started.get(id) ?? 0) + 1;
        started.set(id, active);
        const response = await forward(request);
        started.set(id, (started.get(id) ?? 1) - 1);
        return response.status === 409 && active > 1 ? UPLOADED() : response;
      };
    },
  },
  {
    name: "upload-failure-is-final",
    breaks: "After an upload that was too short, no other upload is accepted.",
    in: ["uploadImportFile"],
    foundBy: ["imports", "clock"],
    fault: () => {
      const failed = new Set<string>();
      return async (request, forward) => {
        if (request.operation !== "uploadImportFile") return forward(request);
        const id = request.path["importId"] ?? "";
        if (failed.has(id)) return errorResponse(409, 20409);
        const response = await forward(request);
        if (response.status === 400 || response.status === 413) failed.add(id);
        return response;
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
    name: "upload-not-applied",
    breaks: "An import completes, but none of its rows is applied.",
    in: ["uploadImportFile"],
    foundBy: ["imports", "clock"],
    fault: uploading((text) => {
      const end = text.indexOf("\n") + 1;
      return end === 0 ? text : text.slice(0, end) + "\n".repeat(text.length - end);
    }),
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
  {
    name: "byte-order-mark-kept",
    breaks: "A byte order mark becomes part of the name of the first column.",
    in: ["uploadImportFile"],
    foundBy: ["imports", "clock"],
    fault: uploading((text) => (text.startsWith("\xef\xbb\xbf") ? `bom${text.slice(3)}` : text)),
  },
  {
    name: "last-line-lost",
    breaks: "The last row is lost if it does not end in a line break.",
    in: ["uploadImportFile"],
    foundBy: ["imports", "clock"],
    fault: uploading((text) => (/\n$/.test(text) ? text : text.replace(/[^\n]*$/, (row) => "\n".repeat(row.length)))),
  },
  {
    name: "last-row-lost",
    breaks: "The last row of a file is always lost.",
    in: ["uploadImportFile"],
    foundBy: ["imports", "clock"],
    fault: uploading((text) => text.replace(/(?<=\n)[^\n]+\n?$/, (row) => "\n".repeat(row.length))),
  },
  {
    name: "rows-in-reverse-order",
    breaks: "The rows of a file are applied from the last to the first.",
    in: ["uploadImportFile"],
    foundBy: ["imports"],
    fault: uploading((text) => {
      const [header = "", ...rows] = text.split("\n");
      const isSimple = text.endsWith("\n") && !text.includes('"');
      return isSimple ? [header, ...rows.slice(0, -1).reverse(), ""].join("\n") : text;
    }),
  },
  {
    name: "carriage-return-kept",
    breaks: "With the line ending CRLF, the last cell of a row keeps a character of it.",
    in: ["uploadImportFile"],
    foundBy: ["imports", "clock"],
    fault: uploading((text) => {
      const [header = "", ...rows] = text.split("\n");
      return [header, ...rows.map((row) => row.replace(/(?<!")\r$/, " "))].join("\n");
    }),
  },
  {
    name: "carriage-return-in-header",
    breaks: "With the line ending CRLF, the name of the last column keeps a character of it.",
    in: ["uploadImportFile"],
    foundBy: ["imports", "clock"],
    fault: uploading((text) => text.replace(/(?<!")\r\n/, " \n")),
  },
  {
    name: "quoted-comma-splits",
    breaks: "A comma in quotes separates cells.",
    in: ["uploadImportFile"],
    foundBy: ["imports", "clock"],
    fault: uploading(
      inQuotes((quoted) => (quoted.includes(",") && !quoted.includes("\n") ? quoted.replaceAll('"', " ") : quoted)),
    ),
  },
  {
    name: "quoted-line-break-lost",
    breaks: "A line break in quotes becomes a space.",
    in: ["uploadImportFile"],
    foundBy: ["imports", "clock"],
    fault: uploading(inQuotes((quoted) => quoted.replaceAll(/[\r\n]/g, " "))),
  },
  {
    name: "doubled-quote-kept",
    breaks: "A doubled quote in quotes is not read as one.",
    in: ["uploadImportFile"],
    foundBy: ["imports", "clock"],
    fault: uploading(inQuotes((quoted) => `"${quoted.slice(1, -1).replaceAll('""', "''")}"`)),
  },
  {
    name: "cells-trimmed",
    breaks: "Spaces around a cell are lost.",
    in: ["uploadImportFile"],
    foundBy: ["imports", "clock"],
    fault: () => {
      const padded = new Set<string>();
      return async (request, forward) => {
        if (request.operation === "uploadImportFile") {
          const cells = request.body.toString().matchAll(/(?:^|[,"\n])((?: +[^,"\n\r]*|[^,"\n\r]* +))(?=[,"\r\n]|$)/g);
          for (const [, cell = ""] of cells) padded.add(cell);
        }
        const response = await forward(request);
        if (request.operation !== "fetchProfile" || response.status !== 200) return response;
        const { traits } = Object(response.json);
        const Contact = Object.fromEntries(
          Object.entries(Object(traits).Contact ?? {}).map(([name, value]) => [
            name,
            typeof value === "string" && padded.has(value) ? value.trim() : value,
          ]),
        );
        return response.withProperties({ traits: { ...traits, Contact } });
      };
    },
  },
  {
    name: "empty-cell-ignored",
    breaks: "An empty cell leaves the trait unchanged.",
    in: ["uploadImportFile"],
    foundBy: ["imports", "clock"],
    fault: () => {
      /** Email addresses whose rows in a file have an empty cell. */
      const emails = new Set<string>();
      return async (request, forward) => {
        if (request.operation === "uploadImportFile") {
          for (const row of request.body.toString().split("\n")) {
            const email = /[^\s,"]+@[^\s,"]+/.exec(row)?.[0];
            if (email !== undefined && /(^|,)("")?(,|\r?$)/.test(row)) emails.add(email);
          }
        }
        const response = await forward(request);
        if (request.operation !== "fetchProfile" || response.status !== 200) return response;
        const { traits } = Object(response.json);
        const contact = Object(Object(traits).Contact);
        if (!emails.has(contact.email)) return response;
        const Contact = Object.fromEntries(Object.entries(contact).filter(([, value]) => value !== ""));
        return response.withProperties({ traits: { ...traits, Contact } });
      };
    },
  },
  {
    name: "backslash-n-stored",
    breaks: "A cell of \\N is stored instead of removing the trait.",
    in: ["uploadImportFile"],
    foundBy: ["imports", "clock"],
    fault: () => {
      // Two bytes, like `\N`.
      const mark = "\u00a6";
      const stored = uploading((text) => text.replaceAll("\\N", Buffer.from(mark).toString("latin1")))();
      return async (request, forward) => {
        const response = await stored(request, forward);
        const text = response.body.toString();
        return request.operation === "fetchProfile" && text.includes(`"${mark}"`)
          ? response.withBody(text.replaceAll(`"${mark}"`, '"\\\\N"'))
          : response;
      };
    },
  },
  {
    name: "quoted-backslash-n",
    breaks: "A cell that only contains \\N among other text removes the trait.",
    in: ["uploadImportFile"],
    foundBy: ["imports", "clock"],
    fault: uploading((text) =>
      text.replaceAll(/(?<=,)[^,"\n\r]+\\N(?=[,\r\n]|$)/g, (cell) => cell.replaceAll(/./g, " ")),
    ),
  },
  {
    name: "ragged-row-accepted",
    breaks: "A row with another number of cells than the header is applied without an error.",
    in: ["fetchProfileImportV2"],
    foundBy: ["imports", "clock"],
    fault: () => {
      const ragged = new Map<string, number>();
      return async (request, forward) => {
        const id = request.path["importId"] ?? "";
        if (request.operation === "uploadImportFile" && !request.body.includes('"')) {
          const [header = "", ...rows] = request.body.toString().split(/\r?\n/);
          const width = header.split(",").length;
          ragged.set(id, rows.filter((row) => row !== "" && row.split(",").length !== width).length);
        }
        const response = await forward(request);
        const { summary } = Object(response.json);
        if (request.operation !== "fetchProfileImportV2" || summary === undefined) return response;
        return response.withProperties({
          summary: { ...summary, errors: Math.max(0, summary.errors - (ragged.get(id) ?? 0)) },
        });
      };
    },
  },
  {
    name: "empty-line-is-error",
    breaks: "An empty line is counted as a row with an error.",
    in: ["fetchProfileImportV2"],
    foundBy: ["imports", "clock"],
    fault: () => {
      const empty = new Map<string, number>();
      return async (request, forward) => {
        const id = request.path["importId"] ?? "";
        if (request.operation === "uploadImportFile") {
          const lines = request.body.toString().split(/\r?\n/).slice(1, -1);
          empty.set(id, lines.filter((line) => line === "").length);
        }
        const response = await forward(request);
        const { summary } = Object(response.json);
        if (request.operation !== "fetchProfileImportV2" || summary === undefined) return response;
        return response.withProperties({ summary: { ...summary, errors: summary.errors + (empty.get(id) ?? 0) } });
      };
    },
  },
  {
    name: "invalid-utf-8-accepted",
    breaks: "A file that is not UTF-8 is read as Latin-1.",
    in: ["uploadImportFile"],
    foundBy: ["imports", "clock"],
    fault: () => (request, forward) => {
      if (request.operation !== "uploadImportFile") return forward(request);
      try {
        new TextDecoder("utf-8", { fatal: true }).decode(request.body);
        return forward(request);
      } catch {
        const body = Buffer.from(request.body.toString("latin1").replaceAll(/[^\0-\x7f]/g, "?"), "latin1");
        return forward(request.with({ body }));
      }
    },
  },
  {
    name: "umlauts-mangled",
    breaks: "Characters outside ASCII in a file are mangled.",
    in: ["uploadImportFile"],
    foundBy: ["imports", "clock"],
    fault: uploading((text) => {
      const start = text.startsWith("\xef\xbb\xbf") ? 3 : 0;
      return text.slice(0, start) + text.slice(start).replaceAll(/[^\0-\x7f]/g, "?");
    }),
  },
  {
    name: "repeated-column-ignored",
    breaks: "A file with two columns of a mapped name is imported.",
    in: ["uploadImportFile"],
    foundBy: ["imports", "clock"],
    fault: uploading((text) => {
      const [header = "", ...rows] = text.split("\n");
      const names = header.replace(/\r$/, "").split(",");
      const repeated = names.findIndex((name, at) => names.indexOf(name) < at);
      if (repeated < 0) return text;
      const changed = names.map((name, at) => (at === repeated ? "_".repeat(name.length) : name)).join(",");
      return [header.endsWith("\r") ? `${changed}\r` : changed, ...rows].join("\n");
    }),
  },
  {
    name: "upload-url-relative",
    breaks: "The URL of an import is not absolute.",
    in: ["createProfilesImportV2"],
    foundBy: ["imports", "clock"],
    fault: altered(["createProfilesImportV2"], 201, (response) => {
      const { pathname, search } = new URL(Object(response.json).url);
      return response.withProperties({ url: pathname + search });
    }),
  },
  {
    name: "import-ids-repeat",
    breaks: "Two imports get the same ID.",
    in: ["createProfilesImportV2"],
    foundBy: ["imports", "clock"],
    fault: () => {
      let first: unknown;
      return async (request, forward) => {
        const response = await forward(request);
        if (request.operation !== "createProfilesImportV2" || response.status !== 201) return response;
        const { importId } = Object(response.json);
        first ??= importId;
        return response.withProperties({ importId: first });
      };
    },
  },
];
