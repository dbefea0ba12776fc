import { jsonOf } from "../../http/exchange.ts";
import type { Phase, Scenario } from "../../scenarios/scenario.ts";
import { describeResponse, type Session } from "../../scenarios/session.ts";
import {
  createImport,
  describeImport,
  descriptionOf,
  isUploadOfContract,
  pollImport,
  readTraits,
  setTraits,
} from "../imports/import-file.ts";
import { withClock } from "./sandbox-clock.ts";

/** Lifetime of an upload URL, which the contract states in the description of the created import. */
const UPLOAD_URL_MS = 1_800_000;
const HOUR_MS = 3_600_000;
/** Requests after the clock was set back. */
const READS = 20;
const UPLOAD = "uploadImportFile";

/** An upload that ends after its URL has expired is rejected, and the import fails. */
function expiryScenario(name: string, send: "after" | "across"): Scenario {
  return {
    name: `clock/${name}`,
    isWriting: true,
    run: (session) =>
      withClock(session, async (clock) => {
        const created = await createImport(session, `email,first,city\n${session.person().email},Ada,Oakland\n`);
        if (!isUploadOfContract(created))
          return session.notRun("the upload URL leads to another server or path, where the contract does not apply");
        const expire = () => clock.advance(UPLOAD_URL_MS);
        if (send === "after") await expire();
        const exchange =
          send === "after"
            ? await session.sendRaw(created.upload, UPLOAD)
            : await session.sendInParts(created.upload, UPLOAD, async () => {
                await session.send("fetchProfileImportV2", { path: { importId: created.importId } });
                await expire();
                return true;
              });
        if (exchange?.response.status !== 403) {
          session.report({
            code: "expired-upload-accepted",
            operationId: UPLOAD,
            expected: "status 403",
            received: exchange === undefined ? "no response" : describeResponse(exchange),
            source: descriptionOf(session, UPLOAD),
          });
        }
        const { found } = await pollImport(session, created.importId);
        if (found?.status === "FAILED") return;
        session.fail({
          code: "expired-import-not-failed",
          operationId: "fetchProfileImportV2",
          expected: "FAILED",
          received: describeImport(found),
          source: descriptionOf(session, "createProfilesImportV2"),
        });
      }),
  };
}

/** Requests succeed after the clock was set back, and their order is the order of acceptance. */
const stepBack: Scenario = {
  name: "clock/step-back",
  isWriting: true,
  run: (session) =>
    withClock(session, async (clock) => {
      const [one, two] = [session.person(), session.person()];
      const before = await setTraits(session, { email: one.email, firstName: "before" });
      await untilName(session, before, "before");
      await clock.stepBack(HOUR_MS);
      for (let reads = 0; reads < READS; reads++) {
        const exchange = await session.send("listProfiles", { query: { pageSize: 1 } });
        session.expectStatus(
          "clock-step-rejected",
          "listProfiles",
          exchange,
          [200],
          descriptionOf(session, "listProfiles"),
        );
      }
      const after = await setTraits(session, { email: two.email, firstName: "after" });
      const patch = { path: { profileId: before }, body: { traits: { Contact: { firstName: "after" } } } };
      const patched = await session.send("patchProfileTraits", patch);
      const source = descriptionOf(session, "patchProfileTraits");
      session.expectStatus("clock-step-rejected", "patchProfileTraits", patched, [202], source);
      await untilName(session, before, "after");
      await untilName(session, after, "after");
      await expectOrder(session, before, after);
    }),
};

async function untilName(session: Session, profileId: string, name: string): Promise<void> {
  const { traits, exchange } = await readTraits(session, profileId, ({ firstName }) => firstName === name);
  if (traits["firstName"] === name) return;
  session.fail({
    code: "clock-step-reorders",
    operationId: "fetchProfile",
    expected: `firstName ${name}`,
    received: exchange.response.status === 200 ? JSON.stringify(traits) : describeResponse(exchange),
    source: descriptionOf(session, "patchProfileTraits"),
  });
}

/** The profile that was created later comes first in the list. */
async function expectOrder(session: Session, earlier: string, later: string): Promise<void> {
  let own: readonly unknown[] = [];
  const isInOrder = await session.eventually(async () => {
    const exchange = await session.send("listProfiles", { query: { pageSize: 100, orderBy: "DESC" } });
    const { profiles } = Object(jsonOf(exchange.response));
    own = Array.isArray(profiles) ? profiles.filter((id) => id === earlier || id === later) : [];
    return (own.length === 2 && own[0] === later) || undefined;
  });
  if (isInOrder) return;
  session.fail({
    code: "clock-step-reorders",
    operationId: "listProfiles",
    expected: `${later} before ${earlier} in descending order of creation`,
    received: own.join(", "),
    source: descriptionOf(session, "listProfiles"),
  });
}

/** Runs last and alone, since it moves the clock of the sandbox for everyone. */
export const clock: Phase = {
  name: "clock",
  title: "Clock steps",
  concurrency: 1,
  scenarios: () => [
    expiryScenario("expired-upload", "after"),
    expiryScenario("upload-across-expiry", "across"),
    stepBack,
  ],
};
