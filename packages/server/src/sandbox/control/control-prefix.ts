/** Where the control API of a sandbox stands: no path of the contract begins so. */
export const CONTROL_PREFIX = "/__sandbox/";
