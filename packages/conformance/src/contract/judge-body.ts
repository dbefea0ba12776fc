import type { OperationId } from "@memory-api/types";
import type { Contract } from "./contract.ts";
import type { DeclaredTraits } from "./declared-traits.ts";
import { isOpen, PROSE_RULES, proseFaults } from "./prose-rules.ts";

/** What the contract says about a body. */
export type Judgement =
  | { readonly kind: "valid" }
  /** The contract does not say whether it is accepted. */
  | { readonly kind: "open" }
  | {
      readonly kind: "invalid";
      /** The keyword or rule that is broken, and where, with `*` for names and positions that vary. */
      readonly subject: string;
      readonly reason: string;
      readonly codes: readonly number[];
      /** What the message of the error must contain. */
      readonly mentions?: string;
      /** JSON pointer into the contract. */
      readonly pointer: string;
    };

const SCHEMA_CODES = [520046];

/** Holds a body against the schema of the operation, and against the rules that the schema cannot express. */
export function judgeBody(contract: Contract, id: OperationId, body: unknown, declared: DeclaredTraits): Judgement {
  const pointer = requestSchemaPointer(contract, id);
  const validate = contract.validatorAt(pointer);
  const faults = proseFaults(id, body, declared);
  const codes = faults.flatMap((fault) => fault.codes);
  if (!validate(body)) {
    const [error] = validate.errors ?? [];
    const { instancePath = "", message = "", propertyName } = error ?? {};
    const keyword = propertyName === undefined ? (error?.keyword ?? "") : `${error?.keyword} of a name`;
    return {
      kind: "invalid",
      subject: `${keyword} at ${generalized(instancePath)}`,
      reason: `${keyword}: ${instancePath || "the body"} ${message}`,
      codes: [...SCHEMA_CODES, ...codes],
      pointer,
    };
  }
  const [fault] = faults;
  if (fault !== undefined) {
    const isOnly = faults.every(({ mentions }) => mentions === fault.mentions);
    return {
      kind: "invalid",
      subject: `${fault.rule} at ${generalized(fault.pointer)}`,
      reason: `${fault.rule}: ${fault.pointer || "the body"}`,
      codes,
      ...(isOnly && isPlain(fault.mentions) && { mentions: fault.mentions }),
      pointer: PROSE_RULES.find(({ name }) => name === fault.rule)?.pointer ?? pointer,
    };
  }
  return { kind: isOpen(id, body, declared) ? "open" : "valid" };
}

export function requestSchemaPointer(contract: Contract, id: OperationId): string {
  return `${contract.operation(id).pointer}/requestBody/content/application~1json/schema`;
}

/** Whether a name has no character that a message may have to escape. */
function isPlain(name: string | undefined): name is string {
  return name !== undefined && /^[\w-]{1,64}$/.test(name);
}

/** The properties of request bodies, in contrast to the names that a store declares. */
const PROPERTIES = [
  "traits",
  "profiles",
  "filename",
  "fileSize",
  "columnMappings",
  "columnName",
  "traitGroup",
  "traitName",
];

/** Replaces what varies between requests in a JSON pointer: names of groups and traits, and positions. */
export function generalized(pointer: string): string {
  const tokens = pointer.split("/").slice(1);
  return tokens.map((token) => (PROPERTIES.includes(token) ? `/${token}` : "/*")).join("") || "/";
}
