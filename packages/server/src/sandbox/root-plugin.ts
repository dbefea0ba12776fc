import type { FastifyInstance, FastifyPluginAsync } from "fastify";

/** A plugin whose hooks hold for the whole application, and not only for routes of its own. */
export function rootPlugin(addHooks: (app: FastifyInstance) => void): FastifyPluginAsync {
  const plugin: FastifyPluginAsync = async (app) => addHooks(app);
  return Object.assign(plugin, { [Symbol.for("skip-override")]: true });
}
