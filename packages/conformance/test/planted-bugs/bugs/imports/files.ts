import { type PlantedBug, uploading } from "../../planted-bug.ts";

const inQuotes = (change: (quoted: string) => string) => (text: string) => text.replaceAll(/"(?:[^"]|"")*"/g, change);

/** How a file is read. */
export const FILE_BUGS: readonly PlantedBug[] = [
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
];
