import { operations } from "@memory-api/types";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { methodNotAllowed, notFound } from "../operations/api-error.ts";
import type { Admission } from "./checks/admission.ts";
import { byPrecedence, routeUrl } from "./route-url.ts";

const METHODS = ["DELETE", "GET", "PATCH", "POST", "PUT"] as const;

interface KnownPath {
  readonly url: string;
  readonly pattern: RegExp;
  readonly methods: readonly string[];
  readonly needsCredentials: boolean;
}

/**
 * Rejects requests that are not for an operation: 405 with `Allow` on a path of the contract, 404 elsewhere. The credentials are checked
 * first, except on paths that need none.
 */
export function addUnknownRoutes(app: FastifyInstance, admission: Admission): void {
  const paths = knownPaths();
  const reject = (request: FastifyRequest, path: KnownPath | undefined) => {
    if (path?.needsCredentials === false) admission.checkAddress(request);
    else admission.checkAccount(request, "read");
    throw path === undefined ? notFound("There is no such route") : methodNotAllowed(path.methods);
  };
  // A literal path takes precedence over a templated one, also for the methods that it does not support.
  for (const path of paths) {
    const method = METHODS.filter((known) => !path.methods.includes(known));
    app.route({
      method,
      url: path.url,
      config: { runsOwnChecks: true },
      handler: async (request) => reject(request, path),
    });
  }
  app.setNotFoundHandler(async (request) => {
    const [pathname = ""] = request.url.split("?");
    reject(
      request,
      paths.find(({ pattern }) => pattern.test(pathname)),
    );
  });
}

/** In the order of precedence: a literal segment before a template. */
function knownPaths(): KnownPath[] {
  const all = Object.values(operations);
  return [...new Set(all.map(({ path }): string => path))].sort(byPrecedence).map((path) => {
    const here = all.filter((operation) => operation.path === path);
    return {
      url: routeUrl(path),
      pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, "[^/]*")}$`),
      methods: here.map(({ method }) => method).sort(),
      needsCredentials: here.some(({ authenticated }) => authenticated),
    };
  });
}
