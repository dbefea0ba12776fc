import { AUTHENTICATION_BUGS, ORDER_BUGS } from "./bugs/authentication.ts";
import { BATCH_BUGS } from "./bugs/batches.ts";
import { CONCURRENCY_BUGS } from "./bugs/concurrency.ts";
import { ERROR_BUGS, HEADER_BUGS } from "./bugs/errors.ts";
import { IDENTIFIER_BUGS } from "./bugs/identifiers.ts";
import { IDENTITY_BUGS } from "./bugs/identity.ts";
import { IMPORT_LIST_BUGS } from "./bugs/import-lists.ts";
import { IMPORT_ROW_BUGS } from "./bugs/import-rows.ts";
import { IMPORT_BUGS } from "./bugs/imports.ts";
import { PAGE_TOKEN_BUGS } from "./bugs/page-tokens.ts";
import { PAGING_BUGS } from "./bugs/paging.ts";
import { PARAMETER_BUGS } from "./bugs/parameters.ts";
import { RATE_LIMIT_BUGS } from "./bugs/rate-limits.ts";
import { BODY_BUGS, STATUS_BUGS } from "./bugs/statuses.ts";
import { TRANSPORT_BUGS } from "./bugs/transport.ts";
import { LOOSE_BUGS, STRICT_BUGS } from "./bugs/validation.ts";
import { VALUE_BUGS } from "./bugs/values.ts";
import { WRITE_BUGS } from "./bugs/writes.ts";
import type { PlantedBug } from "./planted-bug.ts";

/** Every planted bug. */
export const PLANTED_BUGS: readonly PlantedBug[] = [
  ...STATUS_BUGS,
  ...BODY_BUGS,
  ...ERROR_BUGS,
  ...HEADER_BUGS,
  ...TRANSPORT_BUGS,
  ...RATE_LIMIT_BUGS,
  ...LOOSE_BUGS,
  ...STRICT_BUGS,
  ...PARAMETER_BUGS,
  ...AUTHENTICATION_BUGS,
  ...ORDER_BUGS,
  ...IDENTITY_BUGS,
  ...IDENTIFIER_BUGS,
  ...WRITE_BUGS,
  ...VALUE_BUGS,
  ...BATCH_BUGS,
  ...CONCURRENCY_BUGS,
  ...PAGING_BUGS,
  ...PAGE_TOKEN_BUGS,
  ...IMPORT_BUGS,
  ...IMPORT_ROW_BUGS,
  ...IMPORT_LIST_BUGS,
];
