import type { OperationId } from "@memory-api/types";
import type { Violation } from "../../findings/finding.ts";
import { type Exchange, jsonOf } from "../../http/exchange.ts";
import { describeResponse, type Session } from "../../scenarios/session.ts";
import { checkList } from "./check-list.ts";
import { checkFetched, checkWrite, type Expectation } from "./check-profile.ts";
import { type Command, describeCommand } from "./commands.ts";
import { Mismatch, relevant } from "./mismatch.ts";
import { changesOf, GROUP, People, type TraitPlan } from "./people.ts";
import {
  EMPTY_STATE,
  type ModelState,
  type Outcome,
  ProfileModel,
  removedFrom,
  type TraitChanges,
  valuesOf,
  type Write,
} from "./profile-model.ts";

/**
 * Sends commands to the implementation and applies them to the model, one after the other. In the model, a profile has the number of its
 * creation as its ID.
 */
export class ModelRun {
  readonly #session: Session;
  readonly #people: People;
  readonly #model: ProfileModel;
  readonly #firstExchange: number;
  /** By number; `undefined` for a profile that merged before its ID was known. */
  readonly #ids: (string | undefined)[] = [];
  /** As it was first seen, by number. */
  readonly #createdAt = new Map<number, unknown>();
  readonly #done: string[] = [];
  #state: ModelState = EMPTY_STATE;
  #time = 0;
  /** Profiles whose expected state changed since it was last seen, and when, by `performance.now()`. */
  readonly #unseen = new Map<number, number>();
  /** Whether the implementation may still be applying a write that decides the outcome of the next one. */
  #isSettled = true;

  constructor(session: Session) {
    this.#session = session;
    this.#people = new People(session);
    this.#model = new ProfileModel(this.#people.identifierOf);
    this.#firstExchange = session.exchanges.length;
  }

  /** Whether the contract says what the command leads to. */
  isDefined(command: Command): boolean {
    if (!("profile" in command)) return true;
    const number = this.#numberOf(command.profile);
    if (number === undefined || this.#ids[number] === undefined) return false;
    if (command.kind !== "patch" || command.traits === "empty body") return true;
    // Of which of the profiles that merge is the identifier removed?
    const changes = changesOf(this.#people, command.traits);
    if (changes["email"] !== null && changes["phone"] !== null) return true;
    return this.#model.ownersOf(this.#state, changes).every(({ id }) => id === String(number));
  }

  /** @throws {Mismatch} */
  async run(command: Command): Promise<void> {
    this.#done.push(describeCommand(command));
    const before = this.#state;
    switch (command.kind) {
      case "create":
        await this.#create(command.traits);
        break;
      case "bulk":
        await this.#bulk(command.items, command.invalidAt);
        break;
      case "patch":
        await this.#patch(command.profile, command.traits);
        break;
      case "delete":
        await this.#delete(command.profile);
        break;
      case "fetch":
        await this.settle();
        await this.#see(this.#numberOf(command.profile) ?? 0, 0);
        return;
      case "list":
        await this.settle();
        await this.#list();
        return;
    }
    this.#addUnseen(before);
    if (this.#session.target.isImmediate) await this.settle();
  }

  /** Waits until every change is visible. @throws {Mismatch} if one is not in time */
  async settle(): Promise<void> {
    for (const [number, acceptedAt] of this.#unseen) await this.#see(number, acceptedAt);
    this.#unseen.clear();
    this.#isSettled = true;
  }

  /** Looks at everything. @throws {Mismatch} */
  async end(): Promise<void> {
    for (const number of this.#ids.keys()) if (!this.#unseen.has(number)) this.#unseen.set(number, 0);
    await this.settle();
    await this.#list();
  }

  async #create(plan: TraitPlan): Promise<void> {
    if (!this.#isSettled) await this.settle();
    await this.#resolve(changesOf(this.#people, plan));
  }

  /** Creates or finds a profile, and compares the ID in the response. */
  async #resolve(traits: TraitChanges): Promise<void> {
    const owners = this.#model.ownersOf(this.#state, traits);
    const newId = String(this.#ids.length);
    const outcome = this.#apply({ kind: "upsert", newId, traits });
    const exchange = await this.#session.send("createProfile", { body: { traits: { [GROUP]: traits } } });
    this.#expectOutcome("createProfile", exchange, { kind: "applied", id: "" });
    const id = String(Object(jsonOf(exchange.response)).id);
    const wrong = (code: string, expected: string) =>
      this.#mismatch(code, "createProfile", expected, this.#describeId(id), "/info/description");
    if (outcome.kind === "applied" && outcome.id === newId) {
      if (this.#ids.includes(id)) {
        const isDead = this.#model.find(this.#state, String(this.#ids.indexOf(id))).kind === "missing";
        throw wrong(
          isDead ? "identifier-not-freed" : "wrong-resolution",
          "a new profile, because none has an identifier",
        );
      }
      this.#ids.push(id);
      return;
    }
    const expected = outcome.kind === "applied" ? this.#ids[Number(outcome.id)] : undefined;
    if (id === expected) return;
    const isParty = owners.some((owner) => this.#ids[Number(owner.id)] === id);
    if (isParty) throw wrong("wrong-canonical", `${expected}, the profile that was created first`);
    throw wrong("wrong-resolution", `${expected}, the profile that has the identifiers`);
  }

  async #bulk(items: readonly TraitPlan[], invalidAt: number | undefined): Promise<void> {
    if (!this.#isSettled) await this.settle();
    const changes = items.map((item) => changesOf(this.#people, item));
    const profiles = changes.map((traits) => ({ traits: { [GROUP]: traits } }));
    if (invalidAt !== undefined) profiles.splice(invalidAt, 0, { traits: { [GROUP]: { firstName: "Nobody" } } });
    const exchange = await this.#session.send("updateProfilesBulk", { body: { profiles } });
    if (invalidAt !== undefined) {
      if (exchange.response.status === 400) return;
      const { pointer } = this.#session.contract.operation("updateProfilesBulk");
      const expected = `status 400, because item ${invalidAt} has no identifier`;
      const received = describeResponse(exchange);
      throw this.#mismatch("bulk-partly-applied", "updateProfilesBulk", expected, received, `${pointer}/description`);
    }
    this.#expectOutcome("updateProfilesBulk", exchange, { kind: "applied", id: "" });
    const known = this.#ids.length;
    let created = known;
    for (const traits of changes) {
      const outcome = this.#apply({ kind: "upsert", newId: String(created), traits });
      if (outcome.kind === "applied" && outcome.id === String(created)) created++;
    }
    this.#isSettled = false;
    for (let number = known; number < created; number++) await this.#learnId(number);
  }

  /** The response of a batch has no IDs. A create with a value that the profile has returns its ID, and changes nothing. */
  async #learnId(number: number): Promise<void> {
    const profile = this.#state.profiles.get(String(number));
    const known = Object.entries(profile === undefined ? {} : valuesOf(profile)).find(([name, value]) =>
      profile?.identifiers.has(this.#people.identifierOf(name, value) ?? ""),
    );
    if (known === undefined) {
      this.#ids.push(undefined);
      return;
    }
    const traits = Object.fromEntries([known]);
    this.#apply({ kind: "upsert", newId: "", traits });
    const exchange = await this.#session.send("createProfile", { body: { traits: { [GROUP]: traits } } });
    this.#expectOutcome("createProfile", exchange, { kind: "applied", id: "" });
    const id = String(Object(jsonOf(exchange.response)).id);
    if (this.#ids.includes(id)) {
      const expected = "the profile that the batch created";
      throw this.#mismatch("wrong-resolution", "createProfile", expected, this.#describeId(id), "/info/description");
    }
    this.#ids.push(id);
  }

  async #patch(profile: number, plan: TraitPlan | "empty body"): Promise<void> {
    const number = this.#numberOf(profile) ?? 0;
    await this.settle();
    const traits = plan === "empty body" ? {} : changesOf(this.#people, plan);
    const body = plan === "empty body" ? {} : { traits: { [GROUP]: traits } };
    const exchange = await this.#session.send("patchProfileTraits", { path: this.#path(number), body });
    const outcome = this.#apply({ kind: "patch", id: String(number), traits });
    this.#expectOutcome("patchProfileTraits", exchange, outcome);
    this.#isSettled = false;
  }

  async #delete(profile: number): Promise<void> {
    const number = this.#numberOf(profile) ?? 0;
    await this.settle();
    const exchange = await this.#session.send("deleteProfile", { path: this.#path(number) });
    const outcome = this.#apply({ kind: "delete", id: String(number) });
    this.#expectOutcome("deleteProfile", exchange, outcome);
    this.#isSettled = false;
  }

  #expectOutcome(id: OperationId, exchange: Exchange, outcome: Outcome): void {
    const canonicalId = outcome.kind === "moved" ? this.#ids[Number(outcome.id)] : undefined;
    const violation = checkWrite(this.#session.contract, id, exchange, outcome.kind, canonicalId);
    if (violation !== undefined) throw this.#with(violation);
  }

  #apply(write: Write): Outcome {
    const time = this.#time++;
    const [applied] = this.#model.apply(this.#state, write, { start: time, end: time });
    if (applied === undefined) throw new Error("The model has no result.");
    this.#state = applied.state;
    return applied.outcome;
  }

  /** Waits until a profile is as the model says. */
  async #see(number: number, acceptedAt: number): Promise<void> {
    const id = this.#ids[number];
    if (id === undefined) return;
    const expectation = this.#expectationOf(number);
    let wrong: Violation | undefined;
    await this.#session.eventually(async () => {
      const exchange = await this.#session.send("fetchProfile", { path: { profileId: id } });
      wrong = checkFetched(this.#session.contract, exchange, id, expectation);
      if (wrong === undefined) this.#createdAt.set(number, Object(jsonOf(exchange.response)).createdAt);
      return wrong === undefined ? true : undefined;
    }, acceptedAt);
    if (wrong !== undefined) throw this.#with(wrong);
  }

  async #list(): Promise<void> {
    const live: string[] = [];
    const dead: string[] = [];
    for (const [number, id] of this.#ids.entries()) {
      if (id !== undefined) (this.#state.profiles.has(String(number)) ? live : dead).push(id);
    }
    let wrong: Violation | undefined;
    await this.#session.eventually(async () => {
      wrong = await checkList(this.#session, { live, dead });
      return wrong === undefined ? true : undefined;
    }, 0);
    if (wrong !== undefined) throw this.#with(wrong);
  }

  #expectationOf(number: number): Expectation {
    const outcome = this.#model.find(this.#state, String(number));
    const profile = this.#state.profiles.get(String(number));
    if (profile !== undefined) {
      const createdAt = this.#createdAt.get(number);
      return {
        kind: "live",
        traits: valuesOf(profile),
        removed: removedFrom(profile),
        isMerged: profile.isMerged,
        createdAt,
      };
    }
    if (outcome.kind === "missing") return { kind: "missing" };
    return { kind: "moved", canonicalId: this.#ids[Number(outcome.id)] ?? "" };
  }

  /** What a write changed. A write that must change nothing may have changed anything. */
  #addUnseen(before: ModelState): void {
    const after = this.#state;
    const isFew =
      before !== after && before.merged.size === after.merged.size && before.profiles.size <= after.profiles.size;
    for (const number of this.#ids.keys()) {
      const isChanged = before.profiles.get(String(number)) !== after.profiles.get(String(number));
      if (isChanged || !isFew) this.#unseen.set(number, performance.now());
    }
  }

  /** A command names a profile by its number, or by one that is too large. */
  #numberOf(profile: number): number | undefined {
    return this.#ids.length === 0 ? undefined : profile % this.#ids.length;
  }

  #path(number: number): { readonly profileId: string } {
    return { profileId: this.#ids[number] ?? "" };
  }

  #describeId(id: string): string {
    const number = this.#ids.indexOf(id);
    return number === -1 ? `${id}, a new profile` : `${id}, profile ${number}`;
  }

  #mismatch(code: string, operationId: OperationId, expected: string, received: string, pointer: string): Mismatch {
    return this.#with({ code, operationId, expected, received, source: { kind: "contract", pointer } });
  }

  #with(violation: Violation): Mismatch {
    const received = `${violation.received} after: ${this.#done.join("; ")}`.slice(0, 1000);
    const mismatch = new Mismatch({ ...violation, received });
    mismatch.exchanges = relevant(this.#session.exchanges.slice(this.#firstExchange));
    return mismatch;
  }
}
