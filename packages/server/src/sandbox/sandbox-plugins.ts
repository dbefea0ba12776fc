import type { FastifyPluginAsync } from "fastify";
import type { Clock } from "../domain/clock.ts";
import { controlRoutes } from "./control/control-routes.ts";
import { faultPlugin } from "./faults/fault-plugin.ts";
import { rootPlugin } from "./root-plugin.ts";
import type { SandboxControl } from "./sandbox-control.ts";

/** Returns the plugins that make an application a sandbox, in the order of registration. */
export function sandboxPlugins(control: SandboxControl): FastifyPluginAsync[] {
  const { requests, faults, waits, sources, gate } = control;
  return [
    datePlugin(sources.clock),
    requests.plugin(),
    faultPlugin(faults, waits),
    gate.plugin(),
    controlRoutes(control),
  ];
}

/** Sets the `Date` header of every response to the time of the sandbox. */
function datePlugin(clock: Clock): FastifyPluginAsync {
  return rootPlugin((app) => {
    app.addHook("onSend", async (_request, reply) => {
      reply.header("Date", new Date(clock.now()).toUTCString());
    });
  });
}
