/**
 * The budget of each tarball in bytes.
 *
 * An operation of ordinary size (`GET …/Profiles/{profileId}/Traits`, paged, with two new schemas) adds to the tarballs: 6,000 bytes of
 * the contract, 900 of the types, 400 of the client and 1,100 of the server; with code by hand, up to 2,000 of the client and 4,000 of
 * the server. The others do not grow with the contract. A budget has room for at least five such operations, or for a quarter of the size
 * if that is more. Measured, with five operations, and the budget:
 *
 * | Package               | Measured | + 5 operations | Budget  |
 * | --------------------- | -------- | -------------- | ------- |
 * | spec                  |   97,600 |        127,600 | 130,000 |
 * | types                 |   21,400 |         25,900 |  27,000 |
 * | client                |  173,800 |        183,800 | 217,000 |
 * | mock                  |   11,100 |              – |  14,000 |
 * | server                |  287,300 |        307,300 | 359,000 |
 * | json-schema-arbitrary |   53,100 |              – |  66,000 |
 * | conformance           |  205,300 |              – | 257,000 |
 */
export const tarballBudgets: Readonly<Record<string, number>> = {
  "@memory-api/spec": 130_000,
  "@memory-api/types": 27_000,
  "@memory-api/client": 217_000,
  "@memory-api/mock": 14_000,
  "@memory-api/server": 359_000,
  "@memory-api/json-schema-arbitrary": 66_000,
  "@memory-api/conformance": 257_000,
};
