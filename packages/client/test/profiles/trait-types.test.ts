import { type } from "arktype";
import * as v from "valibot";
import { describe, expectTypeOf, it } from "vitest";
import { z } from "zod";
import { createMemoryClient } from "../../src/create-memory-client.ts";
import type { FetchedProfile } from "../../src/profiles/canonical-profile.ts";
import type { Profiles } from "../../src/profiles/profiles.ts";
import type { TraitTarget, TraitTypes } from "../../src/profiles/traits.ts";

interface Contact {
  email: string;
  phone?: string;
}
/** An interface of interfaces, one of them optional. */
interface CustomerTraits {
  Contact: Contact;
  Loyalty?: { points: number; isMember: boolean; interests: string[] };
}

const credentials = { apiKey: "key", apiSecret: "secret" };
const storeId = "mem_store_00000000000000000000000000";
const profileId = "mem_profile_01kjpx9gbsf34a7d8j2y8hjkqv";

/** Is compiled and never called. */
type Compiled = (profiles: Profiles<CustomerTraits>) => unknown;
const compiled = (_: Compiled) => {};

describe("trait types", () => {
  it("apply to create", () => {
    compiled((profiles) => profiles.create({ traits: { Contact: { phone: "+14155550123" } } }));
    compiled((profiles) => profiles.create({ traits: { Loyalty: { points: 3, interests: ["chess"] } } }));
    compiled((profiles) => profiles.create({ traits: { Contact: { email: "a@b", phone: undefined } } }));
    // @ts-expect-error a trait that the group does not have
    compiled((profiles) => profiles.create({ traits: { Contact: { mail: "a@b" } } }));
    // @ts-expect-error a group that does not exist
    compiled((profiles) => profiles.create({ traits: { Kontakt: {} } }));
    // @ts-expect-error a value of another type
    compiled((profiles) => profiles.create({ traits: { Loyalty: { points: "3" } } }));
    // @ts-expect-error null is only valid in a patch
    compiled((profiles) => profiles.create({ traits: { Contact: { phone: null } } }));
  });

  it("apply to patch, where null removes a trait", () => {
    compiled((profiles) => profiles.patch(profileId, { traits: { Contact: { phone: null }, Loyalty: { points: 1 } } }));
    // @ts-expect-error a trait that the group does not have
    compiled((profiles) => profiles.patch(profileId, { traits: { Contact: { mail: null } } }));
    // @ts-expect-error a value of another type
    compiled((profiles) => profiles.patch(profileId, { traits: { Loyalty: { isMember: 1 } } }));
  });

  it("apply to fetch, where any group or trait can be missing", () => {
    compiled(async (profiles) => {
      const { traits } = await profiles.fetch(profileId, { traitGroups: ["Contact", "Loyalty"] });
      expectTypeOf(traits.Contact?.email).toEqualTypeOf<string | undefined>();
      expectTypeOf(traits.Loyalty?.interests).toEqualTypeOf<string[] | undefined>();
      // @ts-expect-error the group may be missing
      traits.Contact.email;
      // @ts-expect-error a trait that the group does not have
      traits.Contact?.mail;
    });
    // @ts-expect-error a group that does not exist
    compiled((profiles) => profiles.fetch(profileId, { traitGroups: ["Kontakt"] }));
  });

  it("apply to waitFor", () => {
    compiled((profiles) => profiles.waitFor(profileId, { until: ({ traits }) => (traits.Loyalty?.points ?? 0) > 3 }));
    // @ts-expect-error a trait that the group does not have
    compiled((profiles) => profiles.waitFor(profileId, { until: ({ traits }) => traits.Loyalty?.stars === 3 }));
  });

  it("apply to the items of bulkUpsert, from a synchronous or asynchronous source", () => {
    async function* customers() {
      yield { traits: { Contact: { email: "a@b" } } };
    }
    compiled((profiles) => profiles.bulkUpsert(customers()));
    compiled((profiles) => profiles.bulkUpsert([{ traits: { Contact: { email: "a@b" } } }]));
    // @ts-expect-error a value of another type
    compiled((profiles) => profiles.bulkUpsert([{ traits: { Contact: { email: 1 } } }]));
  });

  it("name the targets of a column mapping", () => {
    expectTypeOf<TraitTarget<CustomerTraits>>().toEqualTypeOf<
      "Contact.email" | "Contact.phone" | "Loyalty.points" | "Loyalty.isMember" | "Loyalty.interests"
    >();
    expectTypeOf<TraitTarget<Record<string, Record<string, string>>>>().toEqualTypeOf<`${string}.${string}`>();
  });

  it("must be types that the API supports", () => {
    type Accepted<Traits extends TraitTypes<Traits>> = Traits;
    expectTypeOf<Accepted<CustomerTraits>>().toEqualTypeOf<CustomerTraits>();
    // @ts-expect-error a date is not supported
    type _Dates = Accepted<{ Contact: { born: Date } }>;
    // @ts-expect-error a nested object is not supported
    type _Nested = Accepted<{ Contact: { address: { city: string } } }>;
  });
});

describe("without trait types", () => {
  it("values are JSON values, and any name is valid", () => {
    const { profiles } = createMemoryClient({ credentials }).store(storeId);
    expectTypeOf(profiles).toEqualTypeOf<Profiles>();
    type Value = NonNullable<NonNullable<FetchedProfile["traits"]["Contact"]>["email"]>;
    expectTypeOf<Value>().toEqualTypeOf<string | number | boolean | (string | number | boolean)[]>();
    expectTypeOf<Value>().not.toBeAny();
    // @ts-expect-error an object is not a value
    (() => profiles.create({ traits: { Contact: { email: {} } } })) satisfies () => unknown;
  });
});

describe("types inferred from schemas", () => {
  it("are the output types of zod, valibot and arktype", () => {
    const memory = createMemoryClient({
      credentials,
      schemas: {
        Contact: z.object({ email: z.email(), phone: z.string().optional() }),
        Loyalty: v.object({ points: v.pipe(v.union([v.number(), v.string()]), v.transform(Number)) }),
        Hobbies: type({ names: "string[]" }),
      },
    });
    expectTypeOf(memory.store(storeId).profiles).toEqualTypeOf<
      Profiles<{
        Contact: { email: string; phone?: string | undefined };
        Loyalty: { points: number };
        Hobbies: { names: string[] };
      }>
    >();
  });

  it("must match the given types, and a group needs no schema", () => {
    createMemoryClient<CustomerTraits>({ credentials, schemas: { Contact: z.object({ email: z.string() }) } });
    createMemoryClient<CustomerTraits>({
      credentials,
      // @ts-expect-error another type
      schemas: { Contact: z.object({ email: z.number() }) },
    });
  });
});
