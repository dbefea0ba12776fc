import type { ImportEvent } from "../../imports/import-job.ts";
import type { Step } from "../output/progress-line.ts";

/** What people are shown of an event; nothing at the end, which the summary tells. */
export function importStep(event: ImportEvent): Step | undefined {
  switch (event.type) {
    case "created":
      return { label: `created ${event.importId}` };
    case "uploading":
      return { label: "uploading", fraction: event.loaded / event.total };
    case "completed":
      return undefined;
    default:
      return { label: event.type };
  }
}
