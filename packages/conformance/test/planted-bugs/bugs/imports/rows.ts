import type { Fault } from "../../../support/faulty-proxy.ts";
import type { ProxiedRequest, ProxiedResponse } from "../../../support/proxied-messages.ts";
import { type PlantedBug, uploading } from "../../planted-bug.ts";

const EMAIL = /[^\s,"]+@[^\s,"]+/;

const PHONE = /\+\d{11}/;

/** Alters the rows of a file, knowing the profile of each email address and phone number that was created before. */
function knowing(alter: (row: string, owners: ReadonlyMap<string, string>) => string): () => Fault {
  return () => {
    const owners = new Map<string, string>();
    const upload = uploading((text) => {
      const [header = "", ...rows] = text.split("\n");
      return [header, ...rows.map((row) => alter(row, owners))].join("\n");
    })();
    return async (request, forward) => {
      const response = await upload(request, forward);
      observe(owners, request, response);
      return response;
    };
  };
}

function observe(owners: Map<string, string>, request: ProxiedRequest, response: ProxiedResponse): void {
  if (request.operation !== "createProfile" || response.status !== 202) return;
  const { email, phone } = request.contact;
  for (const value of [email, phone]) {
    if (typeof value === "string" && !owners.has(value)) owners.set(value, String(Object(response.json).id));
  }
}

/** How the rows of a file are applied. */
export const IMPORT_ROW_BUGS: readonly PlantedBug[] = [
  {
    name: "import-updates-nothing",
    breaks: "A row of a person who has a profile creates another one.",
    in: ["uploadImportFile"],
    foundBy: ["imports", "clock"],
    fault: knowing((row, owners) =>
      owners.has(EMAIL.exec(row)?.[0] ?? "") ? row.replace(EMAIL, (email) => `other${email.slice(5)}`) : row,
    ),
  },
  {
    name: "import-merges-nothing",
    breaks: "A row with the identifiers of two profiles updates one and merges nothing.",
    in: ["uploadImportFile"],
    foundBy: ["imports", "clock"],
    fault: knowing((row, owners) => {
      const [email, phone] = [EMAIL, PHONE].map((pattern) => owners.get(pattern.exec(row)?.[0] ?? ""));
      const isBridge = email !== undefined && phone !== undefined && email !== phone;
      return isBridge ? row.replace(PHONE, (text) => " ".repeat(text.length)) : row;
    }),
  },
  {
    name: "wide-row-applied",
    breaks: "A row with more cells than the header is applied.",
    in: ["uploadImportFile"],
    foundBy: ["imports", "clock"],
    fault: uploading((text) => {
      const [header = "", ...rows] = text.split("\n");
      const width = header.split(",").length;
      if (text.includes('"')) return text;
      const narrowed = rows.map((row) => {
        const surplus = row.split(",").slice(width).join(",").length;
        return surplus === 0 ? row : row.slice(0, -surplus - 1).padEnd(row.length);
      });
      return [header, ...narrowed].join("\n");
    }),
  },
];
