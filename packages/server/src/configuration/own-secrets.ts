import { createHash, randomBytes } from "node:crypto";
import { join } from "node:path";
import { ConfigurationError } from "./configuration-error.ts";
import { DEFAULT_ACCOUNT_SID } from "./default-store.ts";
import { readOrCreate } from "./private-file.ts";
import { MIN_SIGNING_KEY } from "./resolve-signing-keys.ts";
import type { SigningKey } from "./settings.ts";

/** A credential that the embedded server made for itself. */
export interface OwnCredential {
  readonly accountSid: string;
  readonly apiKey: string;
  readonly apiSecret: string;
}

/** What an embedded server makes for itself where its configuration has none. */
export interface OwnSecrets {
  credential(): Promise<OwnCredential>;
  signingKey(): Promise<SigningKey>;
}

/** Secrets that are kept nowhere. */
export const passingSecrets: OwnSecrets = {
  credential: async () => newCredential(),
  signingKey: async () => ({ id: OWN_KEY, secret: Buffer.from(newKey()) }),
};

/**
 * Secrets that are made once and kept in the data folder, for nobody else to read.
 *
 * Both throw a {@link ConfigurationError} if what is kept is not what was made.
 */
export function keptSecrets(dataFolder: string): OwnSecrets {
  return {
    async credential() {
      const file = credentialFile(dataFolder);
      const kept = parseCredential(await readOrCreate(file, () => JSON.stringify(newCredential(), undefined, 2)));
      if (kept === undefined) throw unusable(file, "a credential");
      return kept;
    },
    async signingKey() {
      const file = join(dataFolder, "signing-key");
      const secret = Buffer.from((await readOrCreate(file, newKey)).trim());
      if (secret.length < MIN_SIGNING_KEY) throw unusable(file, "a key");
      return { id: OWN_KEY, secret };
    },
  };
}

/** The key of a sandbox, which signs the same with the same seed. It protects nothing that its control API does not hand out. */
export function seededSigningKey(seed: string): SigningKey {
  return { id: OWN_KEY, secret: createHash("sha256").update(`signing key\n${seed}`).digest() };
}

/** Where the credential of an embedded server is kept. */
export function credentialFile(dataFolder: string): string {
  return join(dataFolder, "credential.json");
}

const OWN_KEY = "own";

const newKey = () => randomBytes(48).toString("base64url");

const newCredential = (): OwnCredential => ({
  accountSid: DEFAULT_ACCOUNT_SID,
  apiKey: `SK${randomBytes(16).toString("hex")}`,
  apiSecret: randomBytes(24).toString("base64url"),
});

function parseCredential(text: string): OwnCredential | undefined {
  try {
    const { accountSid, apiKey, apiSecret } = JSON.parse(text);
    const isWhole = accountSid === DEFAULT_ACCOUNT_SID && /^SK\w+$/.test(apiKey) && /^[\w-]{32,}$/.test(apiSecret);
    return isWhole ? { accountSid, apiKey, apiSecret } : undefined;
  } catch {
    return undefined;
  }
}

function unusable(file: string, what: string): ConfigurationError {
  return new ConfigurationError([
    { path: file, reason: `does not hold ${what} that the server made; remove it to get a new one` },
  ]);
}
