import { type OperationId, operations } from "@memory-api/types";
import fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyPluginAsync, LogController } from "fastify";
import type { Settings } from "../configuration/settings.ts";
import type { StoreDirectory } from "../domain/stores/store-directory.ts";
import type { Metrics } from "../observation/metrics.ts";
import type { Readiness } from "../observation/readiness.ts";
import type { Tracing } from "../observation/tracing.ts";
import type { Dependencies } from "../operations/dependencies.ts";
import { implementedOperations } from "../operations/operations.ts";
import { Admission } from "./checks/admission.ts";
import { addHostCheck } from "./checks/check-host.ts";
import { trustOf } from "./checks/client-address.ts";
import { Connections } from "./connections.ts";
import { addDeprecationHeaders } from "./deprecation-headers.ts";
import { dropUnreadBodies } from "./drop-unread-bodies.ts";
import { addErrorResponses, rejectMalformed } from "./error-responses.ts";
import { addHealthRoutes } from "./health-routes.ts";
import { addObservation } from "./observation.ts";
import { operationRoute } from "./operation-route.ts";
import { addRequestSpans } from "./request-spans.ts";
import { routableUrl } from "./route-url.ts";
import { addUnknownRoutes } from "./unknown-routes.ts";

export interface AppDependencies extends Dependencies {
  readonly settings: Settings;
  readonly readiness: Readiness;
  /** Without it, nothing is counted, and there is no `/metrics`. */
  readonly metrics?: Metrics;
  /** Without it, there are no spans. */
  readonly tracing?: Tracing;
  /** Without it, nothing is logged. */
  readonly logger?: FastifyBaseLogger;
  /** Creates the ID of a request, which its log lines and its response contain. */
  readonly requestId: () => string;
  readonly plugins?: readonly FastifyPluginAsync[];
  /** The headers of each deprecated operation. By default, those of the contract. */
  readonly deprecationHeaders?: Parameters<typeof addDeprecationHeaders>[1] | undefined;
}

/** Longer than any URL that Node.js accepts, so that a parameter that is too long gets the response of the contract. */
const MAX_PARAMETER = 16_384;

/** The methods for which Fastify reads a body. */
const METHODS_WITH_BODY = ["DELETE", "OPTIONS", "PATCH", "POST", "PUT", "QUERY"];

/** The API over HTTP. */
export interface App {
  readonly app: FastifyInstance;
  readonly admission: Admission;
  /**
   * Replaces the accounts, the limits, the signing keys and the stores. A request that has started keeps those with which it started, except
   * for the limits.
   */
  reload(settings: Settings, stores: StoreDirectory): void;
}

/** Creates the API. It does not listen yet. */
export function createApp(dependencies: AppDependencies): App {
  const { settings } = dependencies;
  let current: Dependencies = dependencies;
  const app = fastify({
    ...(dependencies.logger ? { loggerInstance: dependencies.logger } : { logger: false }),
    logController: new LogController({ disableRequestLogging: true }),
    clientErrorHandler: rejectMalformed,
    exposeHeadRoutes: false,
    genReqId: dependencies.requestId,
    trustProxy: settings.trustedProxies.length > 0 ? trustOf(settings.trustedProxies) : false,
    rewriteUrl: ({ url = "" }) => routableUrl(url),
    connectionTimeout: settings.timeouts.idleMs,
    forceCloseConnections: "idle",
    return503OnClosing: false,
    // Validators and serializers are generated, so Fastify's own compilers are not even loaded.
    schemaController: { compilersFactory: { buildValidator: refuseSchema, buildSerializer: refuseSchema } },
    routerOptions: { maxParamLength: MAX_PARAMETER },
    http: {
      headersTimeout: settings.timeouts.headersMs,
      requestTimeout: 0,
      connectionsCheckingInterval: 1000,
      // Node.js would respond without a body; `checkHost` has one.
      requireHostHeader: false,
    },
  });
  // Each operation reads its own body, after the checks that come first. Fastify would already check its type.
  for (const method of METHODS_WITH_BODY) app.addHttpMethod(method, { hasBody: false, overrideExisting: true });

  // Node.js would reject an unknown expectation without a body. Here, it makes no difference.
  app.server.on("checkExpectation", (request, response) => app.server.emit("request", request, response));

  const admission = new Admission(settings, dependencies.clock);
  const connections = new Connections(settings);
  connections.limit(app.server);
  app.addHook("onRequest", ({ raw }, reply, done) => connections.takeTurn(raw, reply.raw, done));
  app.addHook("preClose", async () => connections.close());
  addErrorResponses(app, dependencies.readiness, settings.errorDocsUrl);
  addObservation(app, dependencies.metrics);
  if (dependencies.tracing) addRequestSpans(app, dependencies.tracing);
  addHostCheck(app);
  addDeprecationHeaders(app, dependencies.deprecationHeaders);
  for (const plugin of dependencies.plugins ?? []) app.register(plugin);
  addHealthRoutes(app, dependencies.readiness, () => dependencies.storage.backlog());
  app.after(() => {
    // Last, because plugins read the text of a response.
    dropUnreadBodies(app, settings.timeouts.bodyMs);
    for (const { id } of Object.values(operations)) addOperation(id);
    addUnknownRoutes(app, admission);
  });
  return {
    app,
    admission,
    // Synchronous: the checks of a request read the accounts and `current` in one turn of the event loop, so they never get a mixture.
    reload(next, stores) {
      current = { ...dependencies, settings: next, stores };
      admission.reload(next);
      connections.reload(next.limits, app.server);
    },
  };

  function addOperation<Id extends OperationId>(id: Id): void {
    app.route(operationRoute(id, implementedOperations[id], () => current, admission));
  }
}

function refuseSchema(): never {
  throw new Error(
    "A route has a schema. The validators and serializers of this server are generated when it is built.",
  );
}
