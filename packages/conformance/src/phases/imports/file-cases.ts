import type { ColumnMappings, ProfileImport } from "@memory-api/types";
import type { RunProfile } from "../../scenarios/scenario.ts";
import { type ContactTraits, mappingsOf } from "./import-file.ts";

interface Person {
  readonly email: string;
  readonly phone: string;
}
type People = readonly [Person, Person, Person];

/** A file, and what its import must do. */
export interface FileCase {
  /** In kebab-case. */
  readonly name: string;
  /** The check that a wrong status or effect breaks. */
  readonly code: string;
  /** The least profile that runs it. @default "quick" */
  readonly profile?: RunProfile;
  readonly plan: (people: People) => FilePlan;
}

export interface FilePlan {
  /** Profiles that exist before the import. */
  readonly existing?: readonly ContactTraits[];
  /** @default `email`, `first` and `city` */
  readonly mappings?: ColumnMappings;
  readonly file: string | Uint8Array;
  readonly status: ProfileImport["status"];
  /** `[errors, warnings]`. Without it, the counts are not checked. */
  readonly counts?: readonly [number, number];
  /** Profiles afterwards. Each is found by its own `email`. */
  readonly expected: readonly (ContactTraits & { readonly email: string })[];
}

const HEADER = "email,first,city";
const LONG_NOTE = "x".repeat(3000);

/** A file of one person that is imported completely. */
function dialect(
  name: string,
  write: (email: string) => { readonly file: string; readonly traits: ContactTraits },
): FileCase {
  return {
    name,
    code: "csv-misread",
    plan: ([{ email }]) => {
      const { file, traits } = write(email);
      return { file, status: "COMPLETED", counts: [0, 0], expected: [{ email, ...traits }] };
    },
  };
}

/** A file that must fail as a whole. A row before the fault may be applied. */
function invalid(name: string, write: (email: string) => string | Uint8Array): FileCase {
  return {
    name,
    code: "invalid-csv-accepted",
    plan: ([{ email }]) => ({ file: write(email), status: "FAILED", expected: [] }),
  };
}

/** A file whose header row is wrong, so that no row is applied. */
function invalidHeader(name: string, write: (email: string) => string): FileCase {
  return {
    name,
    code: "import-header-accepted",
    plan: ([{ email }]) => ({ file: write(email), status: "FAILED", expected: [{ email }] }),
  };
}

const DIALECT_CASES = [
  dialect("plain", (email) => ({
    file: `${HEADER}\n${email},Ada,Oakland\n`,
    traits: { firstName: "Ada", city: "Oakland" },
  })),
  dialect("byte-order-mark", (email) => ({
    file: `\uFEFF${HEADER}\n${email},Ada,Oakland\n`,
    traits: { firstName: "Ada", city: "Oakland" },
  })),
  dialect("crlf", (email) => ({
    file: `${HEADER}\r\n${email},Ada,Oakland\r\n`,
    traits: { firstName: "Ada", city: "Oakland" },
  })),
  dialect("no-last-line-break", (email) => ({
    file: `${HEADER}\n${email},Ada,Oakland`,
    traits: { firstName: "Ada", city: "Oakland" },
  })),
  dialect("quotes", (email) => ({
    file: `"email",first,"city"\n${email},"Ada ""the first"" Reyes","Oakland, CA"\n`,
    traits: { firstName: 'Ada "the first" Reyes', city: "Oakland, CA" },
  })),
  dialect("line-breaks-in-quotes", (email) => ({
    file: `${HEADER}\r\n${email},"Ada\nReyes","Oak\r\nland"\r\n`,
    traits: { firstName: "Ada\nReyes", city: "Oak\r\nland" },
  })),
  dialect("spaces", (email) => ({
    file: `${HEADER}\n${email}, Ada ,Oak land \n`,
    traits: { firstName: " Ada ", city: "Oak land " },
  })),
  dialect("backslashes", (email) => ({
    file: `${HEADER}\n${email},A\\N,\\n\n`,
    traits: { firstName: "A\\N", city: "\\n" },
  })),
  dialect("unicode", (email) => ({
    file: `${HEADER}\n${email},Zoë 🦊,東京\n`,
    traits: { firstName: "Zoë 🦊", city: "東京" },
  })),
  dialect("empty-lines", (email) => ({
    file: `${HEADER}\n\n${email},Ada,Oakland\n\n\n`,
    traits: { firstName: "Ada", city: "Oakland" },
  })),
  dialect("unmapped-columns", (email) => ({
    file: `note,email,first,lastName,city\nx,${email},Ada,Reyes,Oakland\n`,
    traits: { firstName: "Ada", city: "Oakland" },
  })),
  dialect("repeated-unmapped-header", (email) => ({
    file: `note,email,first,note,city,note\n1,${email},Ada,2,Oakland,3\n`,
    traits: { firstName: "Ada", city: "Oakland" },
  })),
  dialect("empty-cells", (email) => ({
    file: `${HEADER}\n${email},,""\n`,
    traits: { firstName: "", city: "" },
  })),
];

const INVALID_CASES = [
  invalidHeader("missing-header", (email) => `email,first\n${email},Ada\n`),
  invalidHeader("repeated-header", (email) => `email,first,city,first\n${email},Ada,Oakland,Bo\n`),
  invalid("not-utf-8", (email) => Buffer.from(`${HEADER}\n${email},Zo\xeb,Oakland\n`, "latin1")),
  invalid("open-quote", (email) => `${HEADER}\n${email},"Ada,Oakland\n`),
  invalid("misplaced-quote", (email) => `${HEADER}\n${email},"A"da,Oakland\n`),
  invalidHeader("one-byte", () => "x"),
];

const ROW_CASES: readonly FileCase[] = [
  {
    name: "header-only",
    code: "csv-misread",
    plan: () => ({ file: `${HEADER}\n`, status: "COMPLETED", counts: [0, 0], expected: [] }),
  },
  {
    name: "removal",
    code: "csv-removal-ignored",
    plan: ([{ email }]) => ({
      existing: [{ email, firstName: "Ada", city: "Oakland" }],
      file: `${HEADER}\n${email},\\N,York\n`,
      status: "COMPLETED",
      counts: [0, 0],
      expected: [{ email, city: "York" }],
    }),
  },
  {
    name: "no-identifier",
    code: "import-row-misjudged",
    plan: ([one, two]) => ({
      file: `${HEADER}\n${one.email},Ada,Oakland\n,Bo,York\n\\N,Cy,York\n${two.email},Di,Leeds\n`,
      status: "COMPLETED",
      counts: [2, 0],
      expected: [
        { email: one.email, firstName: "Ada", city: "Oakland" },
        { email: two.email, firstName: "Di", city: "Leeds" },
      ],
    }),
  },
  {
    name: "wrong-width",
    code: "import-row-misjudged",
    plan: ([one, two, three]) => ({
      file: `${HEADER}\n${one.email},Ada\n${two.email},Bo,York,x\n${three.email},Di,Leeds\n`,
      status: "COMPLETED",
      counts: [2, 0],
      expected: [{ email: one.email }, { email: two.email }, { email: three.email, firstName: "Di", city: "Leeds" }],
    }),
  },
  {
    name: "rows-in-order",
    code: "import-row-order",
    plan: ([one, two]) => ({
      file: [
        HEADER,
        `${one.email},1,Oakland`,
        `${two.email},2,York`,
        `${one.email},3,\\N`,
        `${one.email},4,Leeds`,
        "",
      ].join("\n"),
      status: "COMPLETED",
      counts: [0, 0],
      expected: [
        { email: one.email, firstName: "4", city: "Leeds" },
        { email: two.email, firstName: "2", city: "York" },
      ],
    }),
  },
  {
    name: "many-rows-in-order",
    code: "import-row-order",
    profile: "full",
    plan: ([one, two]) => ({
      file: [HEADER, ...Array.from({ length: 2500 }, (_, row) => `${(row % 2 ? two : one).email},${row},row`), ""].join(
        "\n",
      ),
      status: "COMPLETED",
      counts: [0, 0],
      expected: [
        { email: one.email, firstName: "2498", city: "row" },
        { email: two.email, firstName: "2499", city: "row" },
      ],
    }),
  },
  {
    name: "existing-profile",
    code: "import-row-differs-from-create",
    plan: ([{ email, phone }]) => ({
      existing: [{ email, phone, lastName: "Reyes", city: "Oakland" }],
      file: `${HEADER}\n${email},Ada,York\n`,
      status: "COMPLETED",
      counts: [0, 0],
      expected: [{ email, phone, lastName: "Reyes", firstName: "Ada", city: "York" }],
    }),
  },
  {
    name: "merge",
    code: "import-row-differs-from-create",
    plan: ([{ email, phone }]) => ({
      existing: [
        { email, firstName: "Ada", city: "Oakland" },
        { phone, lastName: "Reyes" },
      ],
      mappings: mappingsOf({ email: "email", phone: "phone", city: "city" }),
      file: `email,phone,city\n${email},${phone},York\n`,
      status: "COMPLETED",
      counts: [0, 0],
      expected: [{ email, phone, firstName: "Ada", lastName: "Reyes", city: "York" }],
    }),
  },
  {
    name: "merge-in-file",
    code: "import-row-differs-from-create",
    plan: ([{ email, phone }]) => ({
      mappings: mappingsOf({ email: "email", phone: "phone", city: "city" }),
      file: `email,phone,city\n${email},,Oakland\n,${phone},York\n${email},${phone},\\N\n`,
      status: "COMPLETED",
      counts: [0, 0],
      expected: [{ email, phone }],
    }),
  },
  errorLimit(99, "COMPLETED"),
  errorLimit(100, "FAILED"),
  {
    name: "large",
    code: "import-row-order",
    profile: "full",
    // Larger than the body of any other operation may be.
    plan: ([{ email }]) => ({
      file: [
        `note,${HEADER}`,
        ...Array.from({ length: 6000 }, (_, row) => `${LONG_NOTE},${email},${row},York`),
        "",
      ].join("\n"),
      status: "COMPLETED",
      counts: [0, 0],
      expected: [{ email, firstName: "5999", city: "York" }],
    }),
  },
];

/** Rows in error before and after a correct row. */
function errorLimit(errors: number, status: ProfileImport["status"]): FileCase {
  return {
    name: `${errors}-errors`,
    code: "import-error-limit",
    plan: ([one, two]) => ({
      file: `${HEADER}\n${one.email},Ada,Oakland\n${",x,y\n".repeat(errors)}${two.email},Di,Leeds\n`,
      status,
      counts: [errors, 0],
      expected: [
        { email: one.email, firstName: "Ada", city: "Oakland" },
        { email: two.email, firstName: "Di", city: "Leeds" },
      ],
    }),
  };
}

export const FILE_CASES: readonly FileCase[] = [...DIALECT_CASES, ...INVALID_CASES, ...ROW_CASES];
