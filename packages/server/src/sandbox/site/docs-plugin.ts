import { readFile } from "node:fs/promises";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyPluginAsync } from "fastify";
import { rejectOtherHosts } from "../control/check-caller.ts";

/** Path of the documentation. Its links contain it. */
export const DOCS_PREFIX = "/docs";

/**
 * Serves the documentation from a folder, with the Content-Security-Policy that its build wrote.
 *
 * @throws {Error} if the folder contains no built site
 */
export function docsPlugin(folder: string): FastifyPluginAsync {
  return async (app) => {
    const policy = await readFile(join(folder, "content-security-policy.txt"), "utf8").catch(() => {
      throw new Error(`${folder} contains no documentation. Build it, or omit the option.`);
    });
    app.addHook("onRequest", async (request, reply) => {
      rejectOtherHosts(request);
      reply.headers({
        "Content-Security-Policy": policy.trim(),
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
      });
    });
    await app.register(fastifyStatic, { root: folder, redirect: true, cacheControl: false });
    app.setNotFoundHandler((_request, reply) => reply.code(404).sendFile("404.html"));
  };
}
