import { bounds, type OperationId } from "@memory-api/types";
import { bulk, type Command, create, email, patch, phone, remove } from "./commands.ts";

/** A rule of the contract, and the smallest sequence that shows whether an implementation follows it. */
export interface Rule {
  /** Part of the name of the scenario. */
  readonly name: string;
  /** Reported if a step, not the preparation, leads to another result than the model. */
  readonly code: string;
  /** The operation whose description states the rule; without one, the description of the API does. */
  readonly statedBy?: OperationId;
  /** @default none */
  readonly preparation?: readonly Command[];
  readonly steps: readonly Command[];
}

const LARGEST_BULK = bounds.UpdateProfilesBulkRequest.profiles.maxItems;
const LIST: Command = { kind: "list" };

/** Profiles 0 and 1, and what merges them. */
const TWO = [create({ ...email(0), firstName: "first" }), create({ ...phone(0), lastName: "second" })];
const BRIDGE = create({ ...email(0), ...phone(0) });

export const RULES: readonly Rule[] = [
  {
    name: "create-is-visible",
    code: "lost-write",
    statedBy: "createProfile",
    steps: [create({ ...email(0), ...phone(0), firstName: "Ada", lastName: "", city: "København 🙂" })],
  },
  {
    name: "patch-is-visible",
    code: "lost-write",
    statedBy: "patchProfileTraits",
    preparation: [create({ ...email(0), firstName: "old", lastName: "kept" })],
    steps: [patch(0, { firstName: "new", city: "new" })],
  },
  {
    name: "removal-is-visible",
    code: "removed-trait-kept",
    statedBy: "patchProfileTraits",
    preparation: [create({ ...email(0), firstName: "kept", city: "removed" })],
    steps: [patch(0, { city: null })],
  },
  {
    name: "bulk-is-visible",
    code: "lost-write",
    statedBy: "updateProfilesBulk",
    preparation: [create(email(0))],
    steps: [
      bulk([
        { ...email(0), city: "a" },
        { ...phone(1), city: "b" },
      ]),
    ],
  },
  {
    name: "values-are-kept",
    code: "value-not-kept",
    // Values that look like those of other types.
    steps: [
      create({ ...email(0, 1), ...phone(0, 1), firstName: "007", lastName: "null", city: "1e3" }),
      patch(0, { firstName: "-0", lastName: "true", city: "{}" }),
    ],
  },
  {
    name: "unreadable-identifier",
    code: "value-not-kept",
    steps: [create({ ...email(0), phone: "no digits" }), patch(0, { phone: "" }), create({ ...email(1), phone: "" })],
  },
  {
    name: "same-email",
    code: "wrong-resolution",
    preparation: [create({ ...email(0), firstName: "old", lastName: "kept" }), create(email(1))],
    steps: [create({ ...email(0), firstName: "new" })],
  },
  {
    name: "same-phone",
    code: "wrong-resolution",
    preparation: [create({ ...phone(0), firstName: "old", lastName: "kept" }), create(phone(1))],
    steps: [create({ ...phone(0), firstName: "new" })],
  },
  ...[1, 2, 3].flatMap((spelling): Rule[] => [
    {
      name: `email-spelling-${spelling}`,
      code: "identifier-not-normalized",
      preparation: [create(email(0))],
      steps: [
        create(email(0, spelling)),
        bulk([{ ...email(0, spelling), city: "a" }]),
        create(email(1, spelling)),
        create(email(1)),
      ],
    },
    {
      name: `phone-spelling-${spelling}`,
      code: "identifier-not-normalized",
      preparation: [create(phone(0))],
      steps: [
        create(phone(0, spelling)),
        bulk([{ ...phone(0, spelling), city: "a" }]),
        create(phone(1, spelling)),
        create(phone(1)),
      ],
    },
  ]),
  { name: "merge-keeps-first", code: "wrong-canonical", preparation: TWO, steps: [BRIDGE] },
  {
    name: "merge-in-bulk",
    code: "wrong-canonical",
    preparation: TWO,
    steps: [bulk([{ ...phone(0), ...email(0), city: "bulk" }])],
  },
  {
    name: "merge-of-three",
    code: "wrong-canonical",
    preparation: [create(email(0)), create(phone(1)), create(email(2)), create({ ...email(2), ...phone(1) })],
    steps: [create({ ...phone(1), ...email(0) })],
  },
  {
    name: "later-value-of-first",
    code: "wrong-traits-after-merge",
    preparation: [...TWO, patch(1, { city: "earlier" }), patch(0, { city: "later" })],
    steps: [BRIDGE],
  },
  {
    name: "later-value-of-second",
    code: "wrong-traits-after-merge",
    preparation: [...TWO, patch(0, { city: "earlier" }), patch(1, { city: "later" })],
    steps: [BRIDGE],
  },
  {
    name: "value-of-the-request",
    code: "wrong-traits-after-merge",
    preparation: [...TWO, patch(0, { city: "first" }), patch(1, { city: "second" })],
    steps: [create({ ...email(0), ...phone(0), city: "request" })],
  },
  {
    name: "later-removal",
    code: "wrong-traits-after-merge",
    preparation: [...TWO, patch(0, { city: "gone" }), patch(1, { city: "earlier" }), patch(0, { city: null })],
    steps: [BRIDGE],
  },
  {
    name: "earlier-removal",
    code: "wrong-traits-after-merge",
    preparation: [...TWO, patch(1, { city: "gone" }), patch(1, { city: null }), patch(0, { city: "later" })],
    steps: [BRIDGE],
  },
  {
    name: "later-removal-of-second",
    code: "wrong-traits-after-merge",
    preparation: [...TWO, patch(1, { city: "gone" }), patch(0, { city: "earlier" }), patch(1, { city: null })],
    steps: [BRIDGE],
  },
  {
    name: "earlier-removal-of-first",
    code: "wrong-traits-after-merge",
    preparation: [...TWO, patch(0, { city: "gone" }), patch(0, { city: null }), patch(1, { city: "later" })],
    steps: [BRIDGE],
  },
  {
    name: "removal-before-later-merge",
    code: "wrong-traits-after-merge",
    preparation: [
      ...TWO,
      patch(1, { city: "old" }),
      patch(0, { city: null }),
      BRIDGE,
      create({ ...email(1), city: "later" }),
    ],
    steps: [create({ ...email(1), ...phone(0) })],
  },
  {
    name: "redirects",
    code: "redirect-broken",
    preparation: [...TWO, BRIDGE],
    steps: [{ kind: "fetch", profile: 1 }, patch(1, {}), remove(1)],
  },
  {
    name: "redirects-are-direct",
    code: "redirect-broken",
    preparation: [create(email(0)), create(phone(1)), create(email(2)), create({ ...email(2), ...phone(1) })],
    steps: [create({ ...phone(1), ...email(0) }), { kind: "fetch", profile: 2 }, patch(2, {}), remove(2)],
  },
  {
    name: "redirect-changes-nothing",
    code: "redirect-applied",
    statedBy: "deleteProfile",
    preparation: [...TWO, BRIDGE],
    steps: [patch(1, { city: "redirected" }), remove(1)],
  },
  {
    name: "patch-merges",
    code: "patch-does-not-merge",
    statedBy: "patchProfileTraits",
    preparation: [...TWO, patch(0, { city: "first" })],
    steps: [patch(1, { ...email(0), city: "request" }), create(phone(0))],
  },
  {
    name: "patch-adds-identifier",
    code: "wrong-resolution",
    statedBy: "patchProfileTraits",
    preparation: [create(email(0))],
    steps: [patch(0, phone(0)), create(phone(0))],
  },
  {
    name: "old-value-is-identifier",
    code: "old-identifier-lost",
    preparation: [create(email(0)), patch(0, email(1))],
    steps: [create(email(0)), create(email(1))],
  },
  {
    name: "removal-keeps-old-identifier",
    code: "old-identifier-lost",
    preparation: [create({ ...email(0), ...phone(0) }), patch(0, email(1)), patch(0, { email: null })],
    steps: [create(email(0))],
  },
  {
    name: "removal-detaches",
    code: "removed-identifier-kept",
    statedBy: "patchProfileTraits",
    preparation: [create({ ...email(0), ...phone(0) }), patch(0, { email: null })],
    steps: [create(email(0))],
  },
  {
    name: "removal-detaches-after-merge",
    code: "removed-identifier-kept",
    statedBy: "patchProfileTraits",
    preparation: [
      create(email(0)),
      create({ ...email(1), ...phone(1) }),
      patch(0, phone(1)),
      patch(0, { email: null }),
    ],
    steps: [create(email(1)), create(email(0))],
  },
  {
    name: "deleted-is-gone",
    code: "deleted-profile-visible",
    statedBy: "deleteProfile",
    preparation: [create(email(0))],
    steps: [remove(0)],
  },
  {
    name: "deleted-canonical-is-gone",
    code: "deleted-profile-visible",
    preparation: [...TWO, BRIDGE],
    steps: [remove(0), { kind: "fetch", profile: 1 }],
  },
  {
    name: "use-after-delete",
    code: "deleted-profile-usable",
    statedBy: "deleteProfile",
    preparation: [...TWO, BRIDGE, remove(0)],
    steps: [patch(0, { city: "a" }), remove(0), patch(1, { city: "a" }), remove(1)],
  },
  {
    name: "deletion-frees-identifiers",
    code: "identifier-not-freed",
    statedBy: "deleteProfile",
    preparation: [create({ ...email(0), ...phone(0), city: "old" }), patch(0, email(1)), remove(0)],
    steps: [create(email(0)), create(phone(0)), create(email(1))],
  },
  {
    name: "patch-without-traits",
    code: "empty-patch-changes",
    statedBy: "patchProfileTraits",
    preparation: [create({ ...email(0), city: "kept" })],
    steps: [patch(0, "empty body"), patch(0, {})],
  },
  {
    name: "bulk-order",
    code: "bulk-order-ignored",
    statedBy: "updateProfilesBulk",
    preparation: [create(email(0))],
    steps: [
      bulk([
        { ...email(0), firstName: "1", city: "1" },
        { ...phone(1), city: "1" },
        { ...email(0), firstName: "2", lastName: "2" },
        { ...phone(1), firstName: "2", city: "2" },
        { ...email(0), firstName: "3" },
      ]),
    ],
  },
  {
    name: "largest-bulk",
    code: "bulk-order-ignored",
    statedBy: "updateProfilesBulk",
    // An implementation may cut a large batch, or apply it in parts. Few people make each part matter.
    steps: [bulk(Array.from({ length: LARGEST_BULK }, (_, at) => ({ ...email(at % 7), city: String(at) })))],
  },
  {
    name: "bulk-is-all-or-nothing",
    code: "bulk-partly-applied",
    statedBy: "updateProfilesBulk",
    preparation: [create({ ...email(0), city: "kept" })],
    steps: [bulk([{ ...email(0), city: "a" }], 1), bulk([{ ...email(0), city: "b" }, { ...email(1) }], 0)],
  },
  {
    name: "list",
    code: "dead-profile-listed",
    statedBy: "listProfiles",
    preparation: [...TWO, create(email(2)), create(email(3)), BRIDGE, remove(2)],
    steps: [LIST],
  },
  {
    name: "list-is-complete",
    code: "profile-not-listed",
    statedBy: "listProfiles",
    preparation: [],
    steps: [create(email(0)), create(email(1)), bulk([email(2), email(3)]), LIST],
  },
];
