import { CHECK_ORDER_BUGS } from "./bugs/access/check-order.ts";
import { CREDENTIAL_BUGS } from "./bugs/access/credentials.ts";
import { FILE_BUGS } from "./bugs/imports/files.ts";
import { IMPORT_LIST_BUGS } from "./bugs/imports/lists.ts";
import { IMPORT_ROW_BUGS } from "./bugs/imports/rows.ts";
import { IMPORT_STATE_BUGS } from "./bugs/imports/states.ts";
import { UPLOAD_BUGS } from "./bugs/imports/uploads.ts";
import { LISTED_PROFILE_BUGS } from "./bugs/lists/listed-profiles.ts";
import { PAGE_TOKEN_BUGS } from "./bugs/lists/page-tokens.ts";
import { PAGE_BUGS } from "./bugs/lists/pages.ts";
import { PARAMETER_BUGS } from "./bugs/lists/parameters.ts";
import { BATCH_BUGS } from "./bugs/profiles/batches.ts";
import { CONCURRENCY_BUGS } from "./bugs/profiles/concurrency.ts";
import { DELETE_BUGS } from "./bugs/profiles/deletes.ts";
import { IDENTIFIER_BUGS } from "./bugs/profiles/identifiers.ts";
import { MERGED_ID_BUGS } from "./bugs/profiles/merged-ids.ts";
import { MERGE_BUGS } from "./bugs/profiles/merges.ts";
import { STORED_VALUE_BUGS } from "./bugs/profiles/stored-values.ts";
import { WRITE_BUGS } from "./bugs/profiles/writes.ts";
import { BODY_BUGS } from "./bugs/responses/bodies.ts";
import { CRASH_BUGS } from "./bugs/responses/crashes.ts";
import { ERROR_CODE_BUGS } from "./bugs/responses/error-codes.ts";
import { ERROR_BUGS } from "./bugs/responses/errors.ts";
import { RATE_LIMIT_BUGS } from "./bugs/responses/rate-limits.ts";
import { REDIRECT_HEADER_BUGS } from "./bugs/responses/redirects.ts";
import { ROUTE_BUGS } from "./bugs/responses/routes.ts";
import { STATUS_BUGS } from "./bugs/responses/statuses.ts";
import { TRANSPORT_BUGS } from "./bugs/responses/transport.ts";
import { INVALID_IMPORT_BUGS } from "./bugs/validation/imports.ts";
import { INVALID_REQUEST_BUGS } from "./bugs/validation/media-types-and-ids.ts";
import { INVALID_QUERY_BUGS } from "./bugs/validation/queries.ts";
import { INVALID_TRAIT_BUGS } from "./bugs/validation/traits.ts";
import { VALID_REQUEST_BUGS } from "./bugs/validation/valid-requests.ts";
import type { PlantedBug } from "./planted-bug.ts";

/** Every planted bug. */
export const PLANTED_BUGS: readonly PlantedBug[] = [
  ...BODY_BUGS,
  ...CRASH_BUGS,
  ...ERROR_CODE_BUGS,
  ...ERROR_BUGS,
  ...RATE_LIMIT_BUGS,
  ...REDIRECT_HEADER_BUGS,
  ...ROUTE_BUGS,
  ...STATUS_BUGS,
  ...TRANSPORT_BUGS,
  ...INVALID_IMPORT_BUGS,
  ...INVALID_REQUEST_BUGS,
  ...INVALID_QUERY_BUGS,
  ...INVALID_TRAIT_BUGS,
  ...VALID_REQUEST_BUGS,
  ...CHECK_ORDER_BUGS,
  ...CREDENTIAL_BUGS,
  ...BATCH_BUGS,
  ...CONCURRENCY_BUGS,
  ...DELETE_BUGS,
  ...IDENTIFIER_BUGS,
  ...MERGED_ID_BUGS,
  ...MERGE_BUGS,
  ...STORED_VALUE_BUGS,
  ...WRITE_BUGS,
  ...LISTED_PROFILE_BUGS,
  ...PAGE_TOKEN_BUGS,
  ...PAGE_BUGS,
  ...PARAMETER_BUGS,
  ...FILE_BUGS,
  ...IMPORT_LIST_BUGS,
  ...IMPORT_ROW_BUGS,
  ...IMPORT_STATE_BUGS,
  ...UPLOAD_BUGS,
];
