/** Path prefix of the control API. No path of the contract begins with it. */
export const CONTROL_PREFIX = "/__sandbox/";
