/** Headers of an answer, by names in any case. */
export interface PlainHeaders {
  get(name: string): string | null;
}

/**
 * Headers of an answer; those that the contract promises for it are there.
 *
 * @typeParam Documented the headers that the contract has for this answer
 */
export type AnswerHeaders<Documented = unknown> = [PromisedOf<Documented>] extends [never]
  ? PlainHeaders
  : {
      get(name: PromisedOf<Documented>): string;
      get(name: string): string | null;
    };

type PromisedOf<Documented> = {
  [Name in keyof Documented]-?: undefined extends Documented[Name] ? never : Name;
}[keyof Documented];
