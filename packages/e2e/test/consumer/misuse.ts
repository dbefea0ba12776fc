// Compiled as a part of the consumer. It only compiles if the installed types reject each marked line.
import { createMemoryClient } from "@memory-api/client";
import { startMock } from "@memory-api/mock";
import type { Profile, ProfileId } from "@memory-api/types";

const credentials = { apiKey: "any", apiSecret: "any" };
const storeId = "mem_store_00000000000000000000000000";

export async function misuse(): Promise<void> {
  const mock = await startMock();
  const { operations } = createMemoryClient({ credentials, baseUrl: mock.url });

  // @ts-expect-error the profile ID is missing
  await operations.fetchProfile({ path: { storeId } });

  // @ts-expect-error an import ID is not a profile ID
  const id: ProfileId = "mem_import_01kkbk0tfteqn89st3b7v4f5y8";

  // @ts-expect-error the response has no property of this name
  const { email } = await operations.fetchProfile({ path: { storeId, profileId: id } });

  // @ts-expect-error a trait must be in a trait group
  const traits: Profile["traits"] = { email: "ada.reyes@example.com" };

  // @ts-expect-error a status is a number
  mock.prefer({ status: "404" });

  console.log(email, traits);
}
