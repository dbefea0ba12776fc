import { arrayBounded } from "./array-bounded/rule.js";
import { decisionMarked } from "./decision-marked/rule.js";
import { deprecationComplete } from "./deprecation-complete/rule.js";
import { descriptionStyle } from "./description-style/rule.js";
import { errorCodesListed } from "./error-codes-listed/rule.js";
import { extensionsKnown } from "./extensions-known/rule.js";
import { fileNaming } from "./file-naming/rule.js";
import { integerRange } from "./integer-range/rule.js";
import { namedExamples } from "./named-examples/rule.js";
import { noUnusedFiles } from "./no-unused-files/rule.js";
import { operationIdNaming } from "./operation-id-naming/rule.js";
import { operationKeyOrder } from "./operation-key-order/rule.js";
import { operationSharedErrors } from "./operation-shared-errors/rule.js";
import { pathsUnambiguous } from "./paths-unambiguous/rule.js";
import { patternSafe } from "./pattern-safe/rule.js";
import { requestBodyClosed } from "./request-body-closed/rule.js";
import { schemaDialect } from "./schema-dialect/rule.js";
import { schemaTyped } from "./schema-typed/rule.js";
import { stringBounded } from "./string-bounded/rule.js";
import { summaryStyle } from "./summary-style/rule.js";

/**
 * What the contract demands of itself beyond the rules that Redocly brings along. The table has rules of OpenAPI 3 alone,
 * so that none of them ever runs on a workflow.
 *
 * A default export because Redocly loads nothing else.
 *
 * @returns {import("@redocly/openapi-core").Plugin}
 */
export default function memoryApi() {
  return {
    id: "memory-api",
    rules: {
      oas3: {
        "array-bounded": arrayBounded,
        "decision-marked": decisionMarked,
        "deprecation-complete": deprecationComplete,
        "description-style": descriptionStyle,
        "error-codes-listed": errorCodesListed,
        "extensions-known": extensionsKnown,
        "file-naming": fileNaming,
        "integer-range": integerRange,
        "named-examples": namedExamples,
        "no-unused-files": noUnusedFiles,
        "operation-id-naming": operationIdNaming,
        "operation-key-order": operationKeyOrder,
        "operation-shared-errors": operationSharedErrors,
        "paths-unambiguous": pathsUnambiguous,
        "pattern-safe": patternSafe,
        "request-body-closed": requestBodyClosed,
        "schema-dialect": schemaDialect,
        "schema-typed": schemaTyped,
        "string-bounded": stringBounded,
        "summary-style": summaryStyle,
      },
    },
  };
}
