import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { credentialFile, keptSecrets, passingSecrets } from "../../src/configuration/own-secrets.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const modeOf = async (file: string) => ((await stat(file)).mode & 0o777).toString(8);

describe("the secrets that a server makes for itself", () => {
  it("are kept in the data folder, for nobody else to read", async () => {
    const dataFolder = join(await temporaryFolder(), "deep", "data");
    const secrets = keptSecrets(dataFolder);
    const credential = await secrets.credential();
    await secrets.signingKey();
    expect(JSON.parse(await readFile(credentialFile(dataFolder), "utf8"))).toEqual(credential);
    expect((await readdir(dataFolder)).sort()).toEqual(["credential.json", "signing-key"]);
    expect(await modeOf(dataFolder)).toBe("700");
    for (const name of await readdir(dataFolder)) expect(await modeOf(join(dataFolder, name))).toBe("600");
  });

  it("have the form of an Account SID, an API key SID and its secret", async () => {
    const { accountSid, apiKey, apiSecret } = await passingSecrets.credential();
    expect(accountSid).toMatch(/^AC\w{32}$/);
    expect(apiKey).toMatch(/^SK[0-9a-f]{32}$/);
    expect(apiSecret).toMatch(/^[\w-]{32}$/);
  });

  it("are the same after a restart, and others in another folder", async () => {
    const dataFolder = await temporaryFolder();
    const credential = await keptSecrets(dataFolder).credential();
    const signingKey = await keptSecrets(dataFolder).signingKey();
    expect(await keptSecrets(dataFolder).credential()).toEqual(credential);
    expect(await keptSecrets(dataFolder).signingKey()).toEqual(signingKey);

    const others = keptSecrets(await temporaryFolder());
    expect((await others.credential()).apiSecret).not.toBe(credential.apiSecret);
    expect((await others.signingKey()).secret).not.toEqual(signingKey.secret);
  });

  it("are the same for all who start for the first time at once", async () => {
    const dataFolder = join(await temporaryFolder(), "data");
    const made = await Promise.all(Array.from({ length: 8 }, () => keptSecrets(dataFolder).credential()));
    const kept = JSON.parse(await readFile(credentialFile(dataFolder), "utf8"));
    expect(made).toEqual(Array(8).fill(kept));
    expect(await readdir(dataFolder)).toEqual(["credential.json"]);
  });

  it.each(["", "{", "null", "{}", '{"accountSid": "AC1", "apiKey": "SK1", "apiSecret": "hunter2"}'])(
    "are not taken from a credential.json that holds %j",
    async (text) => {
      const dataFolder = await temporaryFolder();
      await writeFile(credentialFile(dataFolder), text);
      const refusal = await keptSecrets(dataFolder).credential().catch(String);
      expect(refusal).toContain(
        `${credentialFile(dataFolder)}: does not hold a credential that the server made; remove it`,
      );
      expect(refusal).not.toContain("hunter2");
      expect(await readFile(credentialFile(dataFolder), "utf8")).toBe(text);
    },
  );

  it("are not taken from a signing-key that is too short", async () => {
    const dataFolder = await temporaryFolder();
    await writeFile(join(dataFolder, "signing-key"), "hunter2");
    await expect(keptSecrets(dataFolder).signingKey()).rejects.toThrow(/signing-key: does not hold a key/);
  });
});
