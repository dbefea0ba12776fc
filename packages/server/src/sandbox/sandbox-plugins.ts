import type { FastifyPluginAsync } from "fastify";
import type { Clock } from "../clock.ts";
import { controlRoutes } from "./control/control-routes.ts";
import { faultPlugin } from "./faults/fault-plugin.ts";
import { requestGate } from "./request-gate.ts";
import { rootPlugin } from "./root-plugin.ts";
import type { SandboxControl } from "./sandbox-control.ts";

/** What makes an application a sandbox, in the order in which it has to be registered. */
export function sandboxPlugins(control: SandboxControl): FastifyPluginAsync[] {
  const { requests, faults, waits, sources, gate } = control;
  return [
    datePlugin(sources.clock),
    requests.plugin(),
    faultPlugin(faults, waits),
    requestGate(gate),
    controlRoutes(control),
  ];
}

/** Answers bear the time of the sandbox's clock. */
function datePlugin(clock: Clock): FastifyPluginAsync {
  return rootPlugin((app) => {
    app.addHook("onSend", async (_request, reply) => {
      reply.header("Date", new Date(clock.now()).toUTCString());
    });
  });
}
