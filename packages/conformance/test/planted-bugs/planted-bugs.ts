import { AUTHENTICATION_BUGS, ORDER_BUGS } from "./bugs/authentication.ts";
import { ERROR_BUGS, HEADER_BUGS } from "./bugs/errors.ts";
import { IDENTITY_BUGS } from "./bugs/identity.ts";
import { IMPORT_BUGS } from "./bugs/imports.ts";
import { PAGING_BUGS } from "./bugs/paging.ts";
import { PARAMETER_BUGS } from "./bugs/parameters.ts";
import { RATE_LIMIT_BUGS } from "./bugs/rate-limits.ts";
import { BODY_BUGS, STATUS_BUGS } from "./bugs/statuses.ts";
import { LOOSE_BUGS, STRICT_BUGS } from "./bugs/validation.ts";
import { WRITE_BUGS } from "./bugs/writes.ts";
import type { PlantedBug } from "./planted-bug.ts";

/** Every planted bug. */
export const PLANTED_BUGS: readonly PlantedBug[] = [
  ...STATUS_BUGS,
  ...BODY_BUGS,
  ...ERROR_BUGS,
  ...HEADER_BUGS,
  ...RATE_LIMIT_BUGS,
  ...LOOSE_BUGS,
  ...STRICT_BUGS,
  ...PARAMETER_BUGS,
  ...AUTHENTICATION_BUGS,
  ...ORDER_BUGS,
  ...IDENTITY_BUGS,
  ...WRITE_BUGS,
  ...PAGING_BUGS,
  ...IMPORT_BUGS,
];
