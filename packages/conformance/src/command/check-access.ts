import { installedContract } from "../contract/contract.ts";
import { HttpConnection, UnreachableError } from "../http/http-connection.ts";
import { describeResponse, Session } from "../scenarios/session.ts";
import type { Target } from "../target.ts";
import { CommandError } from "./command-error.ts";

const READS = ["listProfiles", "listProfileImportsV2"] as const;

const ADVICE: Readonly<Record<number, string>> = {
  400: "Check --store.",
  401: "Check --user and the password.",
  403: "Check whether the account has access to --store.",
  404: "Check --store and the path of the base URL.",
};

/**
 * Checks whether the implementation can be reached with the credentials of the target. Otherwise, every check would report the
 * same problem.
 *
 * @throws {CommandError} if it cannot be reached, or rejects every simple read
 */
export async function checkAccess(target: Target): Promise<void> {
  const connection = new HttpConnection();
  const onExchange = () => {};
  const session = new Session({ contract: installedContract(), target, connection, identity: "access", onExchange });
  try {
    const exchanges = await Promise.all(READS.map((id) => session.send(id)));
    const [first] = exchanges;
    const isRejected = exchanges.every(({ response }) => ADVICE[response.status] !== undefined);
    if (first === undefined || !isRejected) return;
    const advice = ADVICE[first.response.status];
    throw new CommandError(
      `${target.baseUrl} does not list the profiles of ${target.account.storeId}: ${describeResponse(first)}. ${advice}`,
    );
  } catch (error) {
    if (!(error instanceof UnreachableError)) throw error;
    throw new CommandError(
      `The implementation cannot be reached. ${error.message}. Check the base URL, and whether the implementation is running.`,
    );
  } finally {
    connection.close();
  }
}
