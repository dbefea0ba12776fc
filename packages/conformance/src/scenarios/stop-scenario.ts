/** Ends a scenario that cannot continue. What it found was reported before. */
export class StopScenario extends Error {
  override readonly name = "StopScenario";
}
