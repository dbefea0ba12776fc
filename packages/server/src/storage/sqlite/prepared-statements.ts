import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import { toStorageError } from "./errors.ts";
import { STATEMENTS, type StatementName } from "./statements.ts";

export type Row = Readonly<Record<string, unknown>>;

/**
 * The statements, each prepared when it is first needed.
 *
 * @throws {StorageUnavailableError} from every method
 */
export class PreparedStatements {
  readonly #database: DatabaseSync;
  readonly #prepared = new Map<string, StatementSync>();
  /** Statements that return rows as arrays. */
  readonly #inArrays = new Map<StatementName, StatementSync>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  get(name: StatementName, ...values: SQLInputValue[]): Row | undefined {
    try {
      return this.#statement(STATEMENTS[name]).get(...values);
    } catch (error) {
      throw toStorageError(error);
    }
  }

  all(name: StatementName, ...values: SQLInputValue[]): Row[] {
    return this.allOf(STATEMENTS[name], ...values);
  }

  /** Runs a statement that is composed at run time, such as one for each table. */
  allOf(statement: string, ...values: SQLInputValue[]): Row[] {
    try {
      return this.#statement(statement).all(...values);
    } catch (error) {
      throw toStorageError(error);
    }
  }

  /** Returns each row as its columns in their order, which is faster than by name. */
  arrays(name: StatementName, ...values: SQLInputValue[]): readonly unknown[][] {
    try {
      return this.#arrays(name).all(...values) as unknown as unknown[][];
    } catch (error) {
      throw toStorageError(error);
    }
  }

  run(name: StatementName, ...values: SQLInputValue[]): void {
    try {
      this.#statement(STATEMENTS[name]).run(...values);
    } catch (error) {
      throw toStorageError(error);
    }
  }

  #arrays(name: StatementName): StatementSync {
    const known = this.#inArrays.get(name);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(STATEMENTS[name]);
    statement.setReturnArrays(true);
    this.#inArrays.set(name, statement);
    return statement;
  }

  #statement(text: string): StatementSync {
    const statement = this.#prepared.get(text) ?? this.#database.prepare(text);
    this.#prepared.set(text, statement);
    return statement;
  }
}
