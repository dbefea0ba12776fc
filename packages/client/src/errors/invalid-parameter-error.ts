/** A parameter that the contract does not allow. Nothing was sent. */
export class InvalidParameterError extends TypeError {
  override readonly name = "InvalidParameterError";

  /** Name of the parameter, as the contract has it, such as `profileId`. */
  readonly parameter: string;

  constructor(parameter: string, reason: string) {
    super(`${parameter}: ${reason}`);
    this.parameter = parameter;
  }
}
