import { createMemoryClient } from "@memory-api/client";
import { createSandbox } from "@memory-api/server";

/** A request of the guide to merges, and the profiles after it. */
export interface MergeStep {
  /** What the request sends, by trait. */
  readonly sent: Readonly<Record<string, string>>;
  /** The ID in the response. */
  readonly id: string;
  /** The live profiles, the oldest first. */
  readonly profiles: readonly StepProfile[];
}

export interface StepProfile {
  readonly id: string;
  /** By trait. */
  readonly traits: Readonly<Record<string, unknown>>;
  /** IDs that redirect to it. */
  readonly mergedIds: readonly string[];
}

const REQUESTS = [
  { email: "grace@example.com", firstName: "Grace" },
  { phone: "(415) 555-0199", city: "Oakland" },
  { email: "Grace@Example.com", phone: "+14155550199", city: "San Francisco" },
];

/** Sends the requests to a sandbox, and returns what they did. The IDs of a sandbox are always the same. */
export async function recordMerge(): Promise<MergeStep[]> {
  const sandbox = await createSandbox();
  try {
    const { profiles } = createMemoryClient(sandbox.clientOptions).store(sandbox.storeId);
    const steps: MergeStep[] = [];
    const seen = new Set<string>();
    for (const sent of REQUESTS) {
      const { id } = await profiles.create({ traits: { Contact: sent } });
      seen.add(id);
      const found = await Promise.all([...seen].map(async (each) => ({ each, profile: await profiles.fetch(each) })));
      const live = found.filter(({ each, profile }) => profile.id === each);
      steps.push({
        sent,
        id,
        profiles: live.map(({ each, profile }) => ({
          id: each,
          traits: profile.traits["Contact"] ?? {},
          mergedIds: found
            .filter((other) => other.profile.id === each && other.each !== each)
            .map((other) => other.each),
        })),
      });
    }
    return steps;
  } finally {
    await sandbox.close();
  }
}
