import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import type { Phase } from "../../scenarios/scenario.ts";
import { describeResponse, type Session } from "../../scenarios/session.ts";
import { startGateway } from "./gateway.ts";
import { readWorkflow, WORKFLOWS_FOLDER } from "./read-workflow.ts";
import { findRedocly, runRespect } from "./respect.ts";

const SUFFIX = ".arazzo.yaml";

/** The workflows of the contract, run by Redocly Respect if it is installed. */
export const workflows: Phase = {
  name: "workflows",
  title: "Workflows of the contract",
  // Some count on the order of the profiles in the store.
  concurrency: 1,
  scenarios: () =>
    readdirSync(WORKFLOWS_FOLDER)
      .filter((file) => file.endsWith(SUFFIX))
      .sort()
      .map((file) => ({
        name: `workflows/${file.slice(0, -SUFFIX.length)}`,
        isWriting: true,
        run: (session) => runWorkflow(session, file),
      })),
};

async function runWorkflow(session: Session, file: string): Promise<void> {
  const command = findRedocly();
  if (command === undefined)
    return session.notRun("Redocly Respect runs the workflows. Install it with `npm i --save-dev @redocly/cli`");
  const gateway = await startGateway(session);
  try {
    const { storeId, username, password } = session.target.account;
    const inputs = { runId: runIdOf(session), storeId, apiKey: username, apiSecret: password };
    const failed = await runRespect(command, {
      text: await readWorkflow(file, session.target),
      serverUrl: gateway.url,
      inputs,
      signal: gateway.signal,
    });
    for (const { workflowId, stepId, expected, message } of failed) {
      const last = session.exchanges.at(-1);
      session.report({
        code: "workflow-step-failed",
        expected: `in step ${stepId} of ${workflowId}: ${expected}`,
        received: last === undefined ? message : describeResponse(last),
        source: { kind: "contract", pointer: "/info" },
      });
    }
  } catch (error) {
    // The command was aborted, because a request could not be sent.
    throw gateway.signal.aborted ? gateway.signal.reason : error;
  } finally {
    gateway.close();
  }
}

/** Eight digits that no earlier run used, as the workflows require. */
function runIdOf(session: Session): string {
  const number = createHash("sha256").update(session.person().email).digest().readUInt32BE(0);
  return String(number % 100_000_000).padStart(8, "0");
}
