import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { credentialFile, storedSecrets, temporarySecrets } from "../../src/configuration/generated-secrets.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const modeOf = async (file: string) => ((await stat(file)).mode & 0o777).toString(8);

describe("the secrets that a server generates", () => {
  it("are stored in the data folder, where only its user can read them", async () => {
    const dataFolder = join(await temporaryFolder(), "deep", "data");
    const secrets = storedSecrets(dataFolder);
    const credential = await secrets.credential();
    await secrets.signingKey();
    expect(JSON.parse(await readFile(credentialFile(dataFolder), "utf8"))).toEqual(credential);
    expect((await readdir(dataFolder)).sort()).toEqual(["credential.json", "signing-key"]);
    expect(await modeOf(dataFolder)).toBe("700");
    for (const name of await readdir(dataFolder)) expect(await modeOf(join(dataFolder, name))).toBe("600");
  });

  it("have the format of an Account SID, an API key SID and its secret", async () => {
    const { accountSid, apiKey, apiSecret } = await temporarySecrets.credential();
    expect(accountSid).toMatch(/^AC\w{32}$/);
    expect(apiKey).toMatch(/^SK[0-9a-f]{32}$/);
    expect(apiSecret).toMatch(/^[\w-]{32}$/);
  });

  it("are the same after a restart, and differ in another folder", async () => {
    const dataFolder = await temporaryFolder();
    const credential = await storedSecrets(dataFolder).credential();
    const signingKey = await storedSecrets(dataFolder).signingKey();
    expect(await storedSecrets(dataFolder).credential()).toEqual(credential);
    expect(await storedSecrets(dataFolder).signingKey()).toEqual(signingKey);

    const others = storedSecrets(await temporaryFolder());
    expect((await others.credential()).apiSecret).not.toBe(credential.apiSecret);
    expect((await others.signingKey()).secret).not.toEqual(signingKey.secret);
  });

  it("are the same for all processes that start for the first time at the same time", async () => {
    const dataFolder = join(await temporaryFolder(), "data");
    const made = await Promise.all(Array.from({ length: 8 }, () => storedSecrets(dataFolder).credential()));
    const kept = JSON.parse(await readFile(credentialFile(dataFolder), "utf8"));
    expect(made).toEqual(Array(8).fill(kept));
    expect(await readdir(dataFolder)).toEqual(["credential.json"]);
  });

  it.each(["", "{", "null", "{}", '{"accountSid": "AC1", "apiKey": "SK1", "apiSecret": "hunter2"}'])(
    "are not read from a credential.json that contains %j",
    async (text) => {
      const dataFolder = await temporaryFolder();
      await writeFile(credentialFile(dataFolder), text);
      const rejection = await storedSecrets(dataFolder).credential().catch(String);
      expect(rejection).toContain(
        `${credentialFile(dataFolder)}: does not contain a valid credential; remove the file`,
      );
      expect(rejection).not.toContain("hunter2");
      expect(await readFile(credentialFile(dataFolder), "utf8")).toBe(text);
    },
  );

  it("are not read from a signing-key that is too short", async () => {
    const dataFolder = await temporaryFolder();
    await writeFile(join(dataFolder, "signing-key"), "hunter2");
    await expect(storedSecrets(dataFolder).signingKey()).rejects.toThrow(/signing-key: does not contain a valid key/);
  });
});
