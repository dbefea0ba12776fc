import fc from "fast-check";

const scalars = fc.oneof(
  fc.string({ maxLength: 1024 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
);
const values = fc.oneof(scalars, fc.array(scalars, { maxLength: 100 }));
const groups = fc.dictionary(fc.string({ maxLength: 64 }), values, { maxKeys: 95 });

/** What a user of fast-check would write for the schema `Traits` of the contract, by hand. */
export const handWrittenTraits = fc.dictionary(fc.stringMatching(/^[a-zA-Z0-9_\-.]+$/, { maxLength: 64 }), groups, {
  maxKeys: 50,
});
