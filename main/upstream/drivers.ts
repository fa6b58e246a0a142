import type { EndpointKind } from '../contract/schemas/endpoint.ts';
import type { Operation } from '../protocol/operation.ts';
import { anthropicDriver } from './anthropicDriver.ts';
import { azureDriver } from './azureDriver.ts';
import type { UpstreamDriver } from './driver.ts';
import { geminiDriver } from './geminiDriver.ts';
import { ondemandDriver } from './ondemand/ondemandDriver.ts';
import { openaiDriver } from './openaiDriver.ts';

/** The registry: a new kind of upstream is one driver file and one line here. */
const drivers: Partial<Record<EndpointKind, UpstreamDriver>> = {
  openai: openaiDriver,
  azure: azureDriver,
  anthropic: anthropicDriver,
  gemini: geminiDriver,
  ondemand: ondemandDriver,
};

/** The driver of a kind; null for kinds this version can't speak to yet. */
export function driverFor(kind: EndpointKind): UpstreamDriver | null {
  return drivers[kind] ?? null;
}

/** The operation that endpoints of this kind can't serve, and why, or null. */
export function unsupportedBy(
  kind: EndpointKind,
  operation: Operation,
): { operation: string; words: string } | null {
  const driver = driverFor(kind);
  const words = driver ? driver.unsupported(operation) : `endpoints of kind ${kind} can't be used yet`;
  return words === null ? null : { operation: operation.name, words };
}
