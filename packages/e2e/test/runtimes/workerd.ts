import { runWorker, workerdVersion } from "../support/run-worker.ts";
import type { Runtime } from "./runtime.ts";
import type { CheckResult, SuiteSettings } from "./suite/check.ts";

export const workerd: Runtime = {
  name: "workerd",
  version: "workerd ",
  async run(folder, sandbox) {
    const settings: SuiteSettings = { ...sandbox, detectsRefusedConnections: false };
    const results = await runWorker<CheckResult[]>(folder, "bundled/worker.js", JSON.stringify(settings));
    return { version: await workerdVersion(), results };
  },
};
