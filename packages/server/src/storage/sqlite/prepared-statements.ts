import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import { STATEMENTS, type StatementName } from "./statements.ts";

export type Row = Readonly<Record<string, unknown>>;

/** The statements, each prepared when it is first needed. */
export class PreparedStatements {
  readonly #database: DatabaseSync;
  readonly #prepared = new Map<StatementName, StatementSync>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  get(name: StatementName, ...values: SQLInputValue[]): Row | undefined {
    return this.#statement(name).get(...values);
  }

  all(name: StatementName, ...values: SQLInputValue[]): Row[] {
    return this.#statement(name).all(...values);
  }

  /** @returns how many rows changed */
  run(name: StatementName, ...values: SQLInputValue[]): number {
    return Number(this.#statement(name).run(...values).changes);
  }

  #statement(name: StatementName): StatementSync {
    const statement = this.#prepared.get(name) ?? this.#database.prepare(STATEMENTS[name]);
    this.#prepared.set(name, statement);
    return statement;
  }
}
