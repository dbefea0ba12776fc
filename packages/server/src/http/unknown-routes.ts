import { operations } from "@memory-api/types";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { methodNotAllowed, notFound } from "../api-error.ts";
import type { Admission } from "./admission.ts";
import { routeUrl } from "./route-url.ts";

const METHODS = ["DELETE", "GET", "PATCH", "POST", "PUT"] as const;

interface KnownPath {
  readonly url: string;
  readonly pattern: RegExp;
  readonly methods: readonly string[];
  readonly isOpen: boolean;
}

/**
 * Answers what is no operation: 405 with `Allow` on a path of the contract, 404 elsewhere. Who is not known is told so first, as
 * everywhere, but for the paths that ask for no credentials.
 */
export function addUnknownRoutes(app: FastifyInstance, admission: Admission): void {
  const paths = knownPaths();
  const refuse = (request: FastifyRequest, path: KnownPath | undefined) => {
    if (path?.isOpen) admission.ofAddress(request);
    else admission.ofAccount(request, "read");
    throw path === undefined ? notFound("There is no such route") : methodNotAllowed(path.methods);
  };
  // A literal path beats a templated one, for the methods that it does not have too.
  for (const path of paths) {
    const method = METHODS.filter((known) => !path.methods.includes(known));
    app.route({ method, url: path.url, handler: async (request) => refuse(request, path) });
  }
  app.setNotFoundHandler(async (request) => {
    const [pathname = ""] = request.url.split("?");
    refuse(
      request,
      paths.find(({ pattern }) => pattern.test(pathname)),
    );
  });
}

/** Literal paths first. */
function knownPaths(): KnownPath[] {
  const all = Object.values(operations);
  const templates = [...new Set(all.map(({ path }): string => path))].sort(
    (one, other) => literals(other) - literals(one),
  );
  return templates.map((path) => {
    const here = all.filter((operation) => operation.path === path);
    return {
      url: routeUrl(path),
      pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, "[^/]*")}$`),
      methods: here.map(({ method }) => method).sort(),
      isOpen: here.every(({ authenticated }) => !authenticated),
    };
  });
}

function literals(path: string): number {
  return path.split("/").filter((part) => !part.startsWith("{")).length;
}
