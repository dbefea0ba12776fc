import { check } from "../../checks/check.ts";

export const IMPORTS_CHECKS = [
  check(
    "import-rejected",
    "A valid import is rejected",
    `The request matches the contract: its mappings target declared traits, each once, and one of them is promoted to an identifier.

If the store does not declare \`email\`, \`phone\`, \`firstName\`, \`lastName\` and \`city\` in the group \`Contact\`, test another store.`,
  ),
  check(
    "invalid-mappings-accepted",
    "An import is created with invalid column mappings",
    `Every mapping must target a declared trait, no two may target the same trait, and at least one must target a trait that is promoted to an
identifier. Otherwise, the import cannot succeed, and the client finds out only after it has uploaded the file.

Return 400, and name the mapping.`,
  ),
  check(
    "import-not-found",
    "A created import cannot be read or is not listed",
    "A client that did not receive the response lists the imports before it retries. List and return each import as soon as it is created.",
  ),
  check(
    "imports-misordered",
    "The list of imports is not in the documented order",
    "Clients look for a recent import at the start of the list. Return the newest 100 imports, newest first.",
  ),
  check(
    "import-misreported",
    "An import does not return its file, its mappings or its times correctly",
    `Clients recognize an import by its file and its mappings, and show its progress by its times.

Return \`filename\`, \`fileSize\` and \`columnMappings\` as they were sent, and the times in UTC.`,
  ),
  check(
    "wrong-import-state",
    "An import has an impossible status, or changes it in an impossible way",
    `An import is \`PENDING\` until its file has arrived, then \`PROCESSING\`, and ends as \`COMPLETED\` or \`FAILED\`. Clients then
stop polling, so an import never leaves its final status, and never returns to an earlier one.`,
  ),
  check(
    "import-not-finished",
    "An import does not end in time",
    `A client polls until the import is \`COMPLETED\` or \`FAILED\`, and would wait forever.

If the implementation needs more time for a small file, allow more (\`--import-within\`).`,
  ),
  check(
    "upload-rejected",
    "A valid upload is rejected",
    `The request is a \`PUT\` of exactly \`fileSize\` bytes of \`text/csv\` to the returned URL. It must succeed, without credentials.

The limits of JSON bodies do not apply to a file, which may have up to 100 MiB.`,
  ),
  check(
    "upload-without-token-accepted",
    "An upload without the token of its import is not rejected with 403",
    `The token in the URL is the only credential of an upload. Anyone who can guess a token, or use it for another import, can write to the store
of another customer.

Return 403 if the token is missing, invalid, too long or repeated, or belongs to another import. Compare signatures in constant time.`,
  ),
  check(
    "upload-method-accepted",
    "A method other than PUT on an upload URL is not rejected with 405",
    "The upload URL allows one `PUT`. Return 405 with `Allow: PUT` for any other method. The URL remains valid.",
  ),
  check(
    "upload-length-ignored",
    "An upload of the wrong size is not rejected",
    `A truncated file would be imported as if it were complete.

Return 411 without \`Content-Length\`, 400 for fewer bytes than \`fileSize\`, and 413 for more.`,
  ),
  check(
    "upload-media-type-ignored",
    "An upload with a media type other than `text/csv` is not rejected with 415",
    "A client that sends another media type has probably chosen the wrong file. Return 415.",
  ),
  check(
    "upload-coding-ignored",
    "An upload with a content coding is not rejected with 415",
    "`fileSize` counts the bytes of the file itself, so content codings are not supported. Return 415 with `Accept-Encoding: identity`.",
  ),
  check(
    "upload-not-repeatable",
    "A valid upload fails after one that was rejected or interrupted",
    "Only a successful upload invalidates the URL. A client whose connection broke sends the file again, and must succeed.",
  ),
  check(
    "upload-repeated",
    "More than one upload to an import succeeds, or none of several simultaneous ones",
    `Exactly one upload succeeds, and all others return 409. Otherwise, a client cannot tell which file is imported.

Accept an upload in one atomic step when its last byte has arrived.`,
  ),
  check(
    "upload-mixed-up",
    "An import does not contain the bytes of the upload that succeeded",
    "Of several simultaneous uploads, only the bytes of the one that returned 200 may be imported. Store each upload separately until it is accepted.",
  ),
  check(
    "csv-misread",
    "A valid CSV file is not read correctly",
    `Spreadsheets and databases write CSV in many forms: with or without a byte order mark, with \`\\n\` or \`\\r\\n\`, with quotes around commas
and line breaks, and with columns that no mapping names.

Use a parser that implements RFC 4180, keep spaces, and ignore empty lines and columns without a mapping. An empty cell sets the empty string.`,
  ),
  check(
    "csv-removal-ignored",
    "A cell that contains `\\N` does not remove the trait",
    "An empty cell sets the empty string, so `\\N` is the only way to remove a trait in a file.",
  ),
  check(
    "invalid-csv-accepted",
    "A file that is not valid CSV in UTF-8 is imported",
    `An implementation can only guess what a misplaced quote or a byte of another encoding means. A wrong guess corrupts traits silently.

End the import as \`FAILED\`.`,
  ),
  check(
    "import-header-accepted",
    "A file whose header lacks or repeats a mapped column is imported",
    "The mapping cannot be applied, so the import fails as a whole. Names of columns without a mapping may repeat.",
  ),
  check(
    "import-row-misjudged",
    "An invalid row is applied, or a valid row in the same file is not",
    `A row without an identifier, or whose number of cells differs from the header, is an error and is not applied. All other rows are applied.`,
  ),
  check(
    "unfit-cell-misjudged",
    "A cell that does not fit its trait is not treated as a warning",
    "A cell that does not match the data type of its trait is ignored, and its row counts as a warning. The rest of the row is applied.",
  ),
  check(
    "wrong-import-summary",
    "The summary of an import has wrong counts",
    "`summary` is all that a client learns about rows that were not applied. Count each row with an error once, and each row with a warning once.",
  ),
  check(
    "import-error-limit",
    "An import with 99 or 100 errors has the wrong status, or loses its valid rows",
    "An import with fewer than 100 errors is `COMPLETED`, and one with 100 or more is `FAILED`. Its valid rows are kept in both cases.",
  ),
  check(
    "import-row-order",
    "Rows of one person are not applied in order",
    "A file can contain several rows of one person, oldest first. Apply rows in the order of the file, so that the last value wins.",
  ),
  check(
    "import-row-differs-from-create",
    "A row does not have the same effect as a create request",
    `A row resolves identity and merges profiles as \`createProfile\` does: traits that it does not name are kept, and profiles
that share its identifiers merge into the one that was created first.`,
  ),
];
