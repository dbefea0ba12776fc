import type { FastifyInstance, FastifyPluginAsync } from "fastify";

/** Returns a plugin whose hooks apply to the whole application, not only to its own routes. */
export function rootPlugin(addHooks: (app: FastifyInstance) => void): FastifyPluginAsync {
  const plugin: FastifyPluginAsync = async (app) => addHooks(app);
  return Object.assign(plugin, { [Symbol.for("skip-override")]: true });
}
