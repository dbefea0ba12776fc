import type { Scenario } from "../../scenarios/scenario.ts";
import type { Session } from "../../scenarios/session.ts";
import type { FileCase, FilePlan } from "./file-cases.ts";
import {
  createImport,
  describeImport,
  descriptionOf,
  evidenceOf,
  expectTraits,
  failImport,
  MAPPINGS,
  setTraits,
  untilEnded,
  upload,
} from "./import-file.ts";

/** Imports the file of a case, and checks the status, the counts and the profiles. */
export function fileScenario({ name, code, plan }: FileCase): Scenario {
  return {
    name: `imports/file-${name}`,
    isWriting: true,
    run: (session) => runPlan(session, code, plan([session.person(), session.person(), session.person()])),
  };
}

async function runPlan(session: Session, code: string, plan: FilePlan): Promise<void> {
  const { existing = [], mappings = MAPPINGS, file, status, counts, expected } = plan;
  const existingIds: string[] = [];
  for (const traits of existing) existingIds.push(await setTraits(session, traits));

  const created = await createImport(session, file, mappings);
  await upload(session, created);
  const ended = await untilEnded(session, created.importId);
  const about = { operationId: "uploadImportFile", source: descriptionOf(session, "fetchProfileImportV2") } as const;
  if (ended.status !== status)
    failImport(session, { code, ...about, expected: status, received: describeImport(ended) });
  if (counts !== undefined && (ended.summary?.errors !== counts[0] || ended.summary.warnings !== counts[1])) {
    const summary = JSON.stringify({ errors: counts[0], warnings: counts[1] });
    const received = describeImport(ended);
    session.report(
      { code: "wrong-import-summary", ...about, expected: `${status} with ${summary}`, received },
      evidenceOf(session),
    );
  }
  for (const traits of expected) {
    const id = await expectTraits(session, code, await setTraits(session, { email: traits.email }), traits);
    const [firstId = id] = existingIds;
    if (id !== firstId)
      failImport(session, {
        code,
        ...about,
        expected: `the profile ${firstId}, which was created first`,
        received: id,
      });
  }
}

/** A cell that does not fit its trait is a warning, and the rest of its row is applied. */
export const unfitCell: Scenario = {
  name: "imports/file-unfit-cell",
  isWriting: true,
  run: async (session) => {
    const { numberTrait } = session.target;
    if (numberTrait === undefined) return session.notRun("no declared trait has the data type NUMBER");
    const people = [session.person(), session.person()] as const;
    const mappings = [...MAPPINGS, { columnName: "number", ...numberTrait }];
    const rows = people.map(({ email }, at) => `${email},Ada,Oakland,${at === 0 ? "x" : "12.5"}`);
    const created = await createImport(session, `email,first,city,number\n${rows.join("\n")}\n`, mappings);
    await upload(session, created);
    const ended = await untilEnded(session, created.importId);
    if (ended.status !== "COMPLETED" || ended.summary?.errors !== 0 || ended.summary.warnings !== 1)
      failImport(session, {
        code: "unfit-cell-misjudged",
        operationId: "uploadImportFile",
        expected: 'COMPLETED with {"errors":0,"warnings":1}',
        received: describeImport(ended),
        source: descriptionOf(session, "fetchProfileImportV2"),
      });
    const isInGroup = numberTrait.traitGroup === MAPPINGS[0]?.traitGroup;
    for (const [at, { email }] of people.entries()) {
      const traits = { email, firstName: "Ada", city: "Oakland" };
      const isKept = at === 1 && isInGroup;
      const expected = isKept ? { ...traits, [numberTrait.traitName]: 12.5 } : traits;
      await expectTraits(session, "unfit-cell-misjudged", await setTraits(session, { email }), expected);
    }
  },
};
