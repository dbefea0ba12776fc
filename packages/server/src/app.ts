import { type OperationId, operations } from "@memory-api/types";
import fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyPluginAsync, LogController } from "fastify";
import { badRequest } from "./api-error.ts";
import { Admission } from "./http/admission.ts";
import { checkHost } from "./http/check-host.ts";
import { dropUnreadBodies } from "./http/drop-unread-bodies.ts";
import { addErrorAnswers, answerMalformed, sendError } from "./http/error-answers.ts";
import { addHealthRoutes } from "./http/health-routes.ts";
import { addObservation } from "./http/observation.ts";
import { operationRoute } from "./http/operation-route.ts";
import { addUnknownRoutes } from "./http/unknown-routes.ts";
import type { Metrics } from "./metrics.ts";
import { implementedOperations } from "./operations/operations.ts";
import type { Parts } from "./parts.ts";
import type { Readiness } from "./readiness.ts";

export interface AppParts extends Parts {
  readonly readiness: Readiness;
  /** Without it nothing is counted, and there is no `/metrics`. */
  readonly metrics?: Metrics;
  /** Without it nothing is logged. */
  readonly logger?: FastifyBaseLogger;
  /** Makes the ID of each request, which its log lines and its answer bear. */
  readonly requestId: () => string;
  readonly plugins?: readonly FastifyPluginAsync[];
}

/** Long enough for every header that Node lets through: so a parameter that is too long gets the answer that the contract has. */
const MAX_PARAMETER = 16_384;

/** Those that Fastify reads a body of. */
const METHODS_WITH_BODY = ["DELETE", "OPTIONS", "PATCH", "POST", "PUT", "QUERY"];

/** The API over HTTP, not yet listening. */
export function createApp(parts: AppParts): { app: FastifyInstance; admission: Admission } {
  const { settings } = parts;
  const app = fastify({
    ...(parts.logger ? { loggerInstance: parts.logger } : { logger: false }),
    logController: new LogController({ disableRequestLogging: true }),
    clientErrorHandler: answerMalformed,
    exposeHeadRoutes: false,
    genReqId: parts.requestId,
    trustProxy: settings.trustedProxies.length > 0 ? [...settings.trustedProxies] : false,
    connectionTimeout: settings.timeouts.idleMs,
    forceCloseConnections: "idle",
    return503OnClosing: false,
    // What checks and writes is generated, so Fastify's own compilers need not even be loaded.
    schemaController: { compilersFactory: { buildValidator: refuseSchema, buildSerializer: refuseSchema } },
    routerOptions: { maxParamLength: MAX_PARAMETER },
    http: {
      headersTimeout: settings.timeouts.headersMs,
      requestTimeout: 0,
      connectionsCheckingInterval: 1000,
      // Node would answer without a body; `checkHost` has one.
      requireHostHeader: false,
    },
    frameworkErrors: (_error, _request, reply) =>
      sendError(badRequest("The URL is malformed"), reply, settings.errorDocsUrl),
  });
  // Each operation reads its own body, once it knows that it wants it. So for Fastify, which would look at its type, there is none.
  for (const method of METHODS_WITH_BODY) app.addHttpMethod(method, { hasBody: false, overrideExisting: true });

  // For Node, which would refuse it without a body. Nothing that a caller can expect makes a difference.
  app.server.on("checkExpectation", (request, response) => app.server.emit("request", request, response));

  const admission = new Admission(settings, parts.clock);
  addErrorAnswers(app, parts.readiness, settings.errorDocsUrl);
  addObservation(app, parts.metrics);
  checkHost(app);
  for (const plugin of parts.plugins ?? []) app.register(plugin);
  addHealthRoutes(app, parts.readiness);
  app.after(() => {
    // Last, since plugins look at the text of an answer.
    dropUnreadBodies(app, settings.timeouts.bodyMs);
    for (const { id } of Object.values(operations)) addOperation(id);
    addUnknownRoutes(app, admission);
  });
  return { app, admission };

  function addOperation<Id extends OperationId>(id: Id): void {
    app.route(operationRoute(id, implementedOperations[id], parts, admission));
  }
}

function refuseSchema(): never {
  throw new Error("A route has a schema. The checks and writers of this server are generated when it is built.");
}
