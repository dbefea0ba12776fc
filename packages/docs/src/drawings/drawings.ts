import { importStates } from "./import-states.ts";
import { mergeSteps } from "./merge-steps.ts";

/** The drawings of the guides, by the name that `<!-- draw: name -->` uses. */
export const drawings = { "import-states": importStates, "merge-steps": mergeSteps };
