import { createHash, randomBytes } from "node:crypto";
import { join } from "node:path";
import { ConfigurationError } from "./configuration-error.ts";
import { DEFAULT_ACCOUNT_SID } from "./default-store.ts";
import { readOrCreate } from "./private-file.ts";
import { MIN_SIGNING_KEY } from "./resolve-signing-keys.ts";
import type { SigningKey } from "./settings.ts";

/** A credential that the server generated. */
export interface GeneratedCredential {
  readonly accountSid: string;
  readonly apiKey: string;
  readonly apiSecret: string;
}

/** Secrets that a server without PostgreSQL generates if its configuration has none. */
export interface GeneratedSecrets {
  credential(): Promise<GeneratedCredential>;
  signingKey(): Promise<SigningKey>;
}

/** Secrets that are not stored. */
export const temporarySecrets: GeneratedSecrets = {
  credential: async () => newCredential(),
  signingKey: async () => ({ id: KEY_ID, secret: Buffer.from(newKey()) }),
};

/**
 * Secrets that are generated once and stored in the data folder. Only the user of the server can read them.
 *
 * Both methods throw a {@link ConfigurationError} if the stored secret is invalid.
 */
export function storedSecrets(dataFolder: string): GeneratedSecrets {
  return {
    async credential() {
      const file = credentialFile(dataFolder);
      const stored = parseCredential(await readOrCreate(file, () => JSON.stringify(newCredential(), undefined, 2)));
      if (stored === undefined) throw invalid(file, "credential");
      return stored;
    },
    async signingKey() {
      const file = join(dataFolder, "signing-key");
      const secret = Buffer.from((await readOrCreate(file, newKey)).trim());
      if (secret.length < MIN_SIGNING_KEY) throw invalid(file, "key");
      return { id: KEY_ID, secret };
    },
  };
}

/**
 * Returns the signing key of a sandbox, which depends only on the seed. It need not be secret, because anyone who can reach a
 * sandbox can control it.
 */
export function seededSigningKey(seed: string): SigningKey {
  return { id: KEY_ID, secret: createHash("sha256").update(`signing key\n${seed}`).digest() };
}

/** Returns the path of the generated credential. */
export function credentialFile(dataFolder: string): string {
  return join(dataFolder, "credential.json");
}

/** Part of upload URLs and page tokens. */
const KEY_ID = "own";

const newKey = () => randomBytes(48).toString("base64url");

const newCredential = (): GeneratedCredential => ({
  accountSid: DEFAULT_ACCOUNT_SID,
  apiKey: `SK${randomBytes(16).toString("hex")}`,
  apiSecret: randomBytes(24).toString("base64url"),
});

function parseCredential(text: string): GeneratedCredential | undefined {
  try {
    const { accountSid, apiKey, apiSecret } = JSON.parse(text);
    const isValid = accountSid === DEFAULT_ACCOUNT_SID && /^SK\w+$/.test(apiKey) && /^[\w-]{32,}$/.test(apiSecret);
    return isValid ? { accountSid, apiKey, apiSecret } : undefined;
  } catch {
    return undefined;
  }
}

function invalid(file: string, secret: string): ConfigurationError {
  return new ConfigurationError([
    { path: file, reason: `does not contain a valid ${secret}; remove the file to generate a new one` },
  ]);
}
