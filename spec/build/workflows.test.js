import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { workflowFaults } from "./workflow-faults.js";

const folder = new URL("../workflows/", import.meta.url);

/**
 * @param {string} file
 * @returns {import("./workflow-faults.js").Arazzo}
 */
function arazzo(file) {
  return parse(readFileSync(new URL(file, folder), "utf8"));
}

describe("the workflows", () => {
  it.each(readdirSync(folder))("%s asks only for what the contract has", (file) => {
    expect(workflowFaults(arazzo(file))).toEqual([]);
  });
});

describe("a workflow is refused", () => {
  /**
   * @param {(step: import("./workflow-faults.js").Step) => void} change of the step that creates a profile
   * @returns {string[]}
   */
  function faultsAfter(change) {
    const changed = arazzo("profile-life.arazzo.yaml");
    const step = changed.workflows[0]?.steps.find(({ stepId }) => stepId === "create-profile");
    if (step === undefined) throw new Error("The workflow has no such step.");
    change(step);
    return workflowFaults(changed);
  }

  it("that names an operation that is not there", () => {
    const faults = faultsAfter((step) => Object.assign(step, { operationId: "createProfil" }));
    expect(faults).toEqual(["create-profile: there is no operation createProfil"]);
  });

  it("that gives a parameter of another name, or of another place", () => {
    const parameters = [{ name: "pageSize", in: "query", value: 1 }];
    expect(faultsAfter((step) => Object.assign(step, { parameters }))).toEqual([
      "create-profile: createProfile has no query parameter pageSize",
    ]);
  });

  it("that leaves out a parameter of the path", () => {
    expect(faultsAfter((step) => Object.assign(step, { operationId: "fetchProfile", requestBody: undefined }))).toEqual(
      ["create-profile: fetchProfile needs path parameter profileId"],
    );
  });

  it("that sends what the body does not take", () => {
    const payload = { traits: { Contact: { email: "$inputs.email", address: {} } }, trait: {} };
    const requestBody = { contentType: "application/json", payload };
    expect(faultsAfter((step) => Object.assign(step, { requestBody }))).toEqual([
      "create-profile: payload must NOT have additional properties",
      "create-profile: payload/traits/Contact/address must be string,number,boolean,array",
    ]);
  });

  it("that refers to a parameter that is not there", () => {
    const parameters = [{ reference: "$components.parameters.shopId" }];
    expect(faultsAfter((step) => Object.assign(step, { parameters }))).toEqual([
      "create-profile: createProfile has no unknown parameter $components.parameters.shopId",
    ]);
  });

  it("but not for the type of an expression", () => {
    const requestBody = { contentType: "application/json", payload: { traits: "$inputs.traits" } };
    expect(faultsAfter((step) => Object.assign(step, { requestBody }))).toEqual([]);
  });
});
