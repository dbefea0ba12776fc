import { type DestinationStream, type Logger, pino } from "pino";
import type { Settings } from "../configuration/settings.ts";

/** Writes lines of JSON, each with its level and time. */
export function createLogger({ logLevel }: Pick<Settings, "logLevel">, destination: DestinationStream): Logger {
  return pino({ level: logLevel, base: null }, destination);
}
