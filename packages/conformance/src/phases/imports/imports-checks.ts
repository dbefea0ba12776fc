import { check } from "../../checks/check.ts";

export const IMPORTS_CHECKS = [
  check(
    "import-refused",
    "A valid import is refused",
    `The request matches the contract: its mappings target declared traits, each once, and one of them is promoted to an identifier.

If the store of the test does not declare \`email\`, \`phone\`, \`firstName\`, \`lastName\` and \`city\` in the group \`Contact\`, test another
store.`,
  ),
  check(
    "invalid-mappings-accepted",
    "An import is created with invalid column mappings",
    `Every mapping must target a declared trait, no two may target the same trait, and at least one must target a trait that is promoted to an
identifier. Otherwise, the import cannot succeed, and the client learns it only after it has uploaded the file.

Return 400, and name the mapping.`,
  ),
  check(
    "import-not-found",
    "A created import cannot be read or is not listed",
    "A client that lost the response to its request lists the imports before it repeats it. List and return each import from its creation.",
  ),
  check(
    "imports-misordered",
    "The list of imports is not in the documented order",
    "Clients look for a recent import at the beginning. Return the newest 100 imports, newest first.",
  ),
  check(
    "import-misreported",
    "An import does not show what it was created with, or when",
    `Clients recognize an import by its file and its mappings, and show its progress by its times.

Return \`filename\`, \`fileSize\` and \`columnMappings\` as they were sent, and the times in UTC.`,
  ),
  check(
    "wrong-import-state",
    "An import has a state that it cannot have",
    `An import is \`PENDING\` until its file has arrived, then \`PROCESSING\`, and ends as \`COMPLETED\` or \`FAILED\`. Clients stop polling at the
end, so an import never leaves its last state, nor returns to an earlier one.`,
  ),
  check(
    "import-not-finished",
    "An import does not end in time",
    `A client polls until the import is \`COMPLETED\` or \`FAILED\`, and would wait forever.

If the implementation needs more time for a small file, raise the limit of the test.`,
  ),
  check(
    "upload-refused",
    "A correct upload is refused",
    `The request is a \`PUT\` of exactly \`fileSize\` bytes of \`text/csv\` to the returned URL. It must succeed, without credentials.

The limits of JSON bodies do not apply to a file, which may have up to 100 MiB.`,
  ),
  check(
    "upload-without-token-accepted",
    "An upload without the token of its import is not refused with 403",
    `The token in the URL is the only permission that an upload needs, so anyone who can guess or move it writes to the store of another
customer.

Return 403 for a token that is missing, invalid, too long, repeated, or of another import. Compare signatures in constant time.`,
  ),
  check(
    "upload-method-accepted",
    "Another method on an upload URL is not refused with 405",
    "The upload URL permits one `PUT`. Return 405 with `Allow: PUT` for any other method, and do not use up the URL.",
  ),
  check(
    "upload-length-ignored",
    "An upload of the wrong size is not refused",
    `A truncated file would be imported as if it were complete.

Return 411 without \`Content-Length\`, 400 for fewer bytes than \`fileSize\`, and 413 for more.`,
  ),
  check(
    "upload-media-type-ignored",
    "An upload of another media type is not refused with 415",
    "The URL is for a file of `text/csv`. A client that sends another type has probably chosen the wrong file. Return 415.",
  ),
  check(
    "upload-coding-ignored",
    "An upload with a content coding is not refused with 415",
    "`fileSize` counts the bytes of the file itself, so a coding is not supported. Return 415 with `Accept-Encoding: identity`.",
  ),
  check(
    "upload-not-repeatable",
    "A correct upload fails after one that was refused or interrupted",
    "Only a successful upload uses up the URL. A client whose connection broke sends the file again, and must succeed.",
  ),
  check(
    "upload-repeated",
    "More than one upload to an import succeeds, or none of several at once",
    `Exactly one upload succeeds, and any other returns 409. Otherwise, a client cannot tell which file is imported.

Accept an upload in one atomic step when its last byte has arrived.`,
  ),
  check(
    "upload-mixed-up",
    "An import contains other bytes than the upload that succeeded",
    "Of several uploads at once, only the bytes of the one that returned 200 may be imported. Store each upload separately until it is accepted.",
  ),
  check(
    "csv-misread",
    "A valid CSV file is read wrongly",
    `Spreadsheets and databases write every form that RFC 4180 permits: with or without a byte order mark, \`\\n\` or \`\\r\\n\`, quotes around
commas and line breaks, columns that no mapping names.

Use a parser of RFC 4180, keep spaces, and ignore empty lines and columns without a mapping. An empty cell sets the empty string.`,
  ),
  check(
    "csv-removal-ignored",
    "A cell `\\N` does not remove the trait",
    "An empty cell sets the empty string, so `\\N` is the only way to remove a trait with a file.",
  ),
  check(
    "invalid-csv-accepted",
    "A file that is not valid CSV in UTF-8 is imported",
    `What a misplaced quote or a byte of another encoding means can only be guessed, and a guess corrupts traits silently.

End the import as \`FAILED\`.`,
  ),
  check(
    "import-header-accepted",
    "A file whose header lacks a mapped column, or repeats it, is imported",
    "The mapping is ambiguous, so the import fails as a whole. Headers of columns without a mapping may repeat.",
  ),
  check(
    "import-row-misjudged",
    "A row in error is applied, or a row beside it is not",
    `A row without an identifier value, or with another number of cells than the header, is an error and is not applied. The other rows are.`,
  ),
  check(
    "unfit-cell-misjudged",
    "A cell that does not fit its trait is not treated as a warning",
    "A cell that does not match the data type of its trait is ignored, and its row counts as a warning. The rest of the row is applied.",
  ),
  check(
    "wrong-import-summary",
    "The summary of an import counts wrongly",
    "`summary` is all that a client learns about rows that were not applied. Count each row in error once, and each row with a warning once.",
  ),
  check(
    "import-error-limit",
    "An import with 99 or 100 errors has the wrong status, or lost its valid rows",
    "An import with fewer than 100 errors is `COMPLETED`, and one with 100 or more is `FAILED`. Its valid rows are kept in both cases.",
  ),
  check(
    "import-row-order",
    "Rows of one person are not applied in order",
    "Files contain several rows of one person, oldest first. Apply rows in the order of the file, so that the last value wins.",
  ),
  check(
    "import-row-differs-from-create",
    "A row has another effect than a create request",
    `A row resolves identity and merges profiles as \`createProfile\` does: traits that it does not name are kept, and identifiers of several
profiles merge them into the earliest.`,
  ),
];
