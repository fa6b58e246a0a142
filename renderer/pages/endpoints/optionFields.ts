// The options of an endpoint that its form shows, and back into `options` with everything else left as it was. Pure.

import {
  type ApiChoice,
  apiChoiceOf,
  apiVersionOf,
  promptToolsOf,
  type RepairName,
  repairNames,
  repairSwitches,
  type SystemPromptPlace,
  sendsMaxTokens,
  sessionMinutesOf,
  systemPromptOf,
  usualSessionMinutes,
} from '../../../main/contract/readOptions.ts';
import type { EndpointKind } from '../../../main/contract/schemas/endpoint.ts';

type Options = Readonly<Record<string, unknown>>;

export interface OptionFields {
  /** azure only; empty is the v1 API. */
  apiVersion: string;
  /** openai and azure. */
  api: ApiChoice;
  /** ondemand only, like all that follow but `repairs`. */
  systemPrompt: SystemPromptPlace;
  promptTools: boolean;
  sendMaxTokens: boolean;
  /** Empty is the usual time. */
  sessionTimeoutMinutes: number | '';
  /** Empty: as the base URL has it. */
  authBaseUrl: string;
  configBaseUrl: string;
  mediaBaseUrl: string;
  /** What may be changed in a request for the endpoint's sake. */
  repairs: Record<RepairName, boolean>;
}

/** Services of on-demand.io that have addresses of their own. */
export const ondemandUrlNames = ['authBaseUrl', 'configBaseUrl', 'mediaBaseUrl'] as const;

/** Kinds with two APIs for conversations to choose from. */
export function hasApiChoice(kind: EndpointKind): boolean {
  return kind === 'openai' || kind === 'azure';
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

export function optionFieldsOf(options: Options): OptionFields {
  return {
    apiVersion: apiVersionOf(options) ?? '',
    api: apiChoiceOf(options),
    systemPrompt: systemPromptOf(options),
    promptTools: promptToolsOf(options),
    sendMaxTokens: sendsMaxTokens(options),
    sessionTimeoutMinutes: options.sessionTimeoutMinutes === undefined ? '' : sessionMinutesOf(options),
    authBaseUrl: textOf(options.authBaseUrl),
    configBaseUrl: textOf(options.configBaseUrl),
    mediaBaseUrl: textOf(options.mediaBaseUrl),
    repairs: repairSwitches(options),
  };
}

/** Undefined where all are on. What was not touched stays as it was written. */
function repairsOption(repairs: OptionFields['repairs'], earlier: Options): unknown {
  const before = repairSwitches(earlier);
  if (repairNames.every((name) => repairs[name] === before[name])) return earlier.repairs;
  const written = typeof earlier.repairs === 'object' ? (earlier.repairs as Options) : {};
  const others = Object.entries(written).filter(([name]) => !repairNames.some((known) => known === name));
  const off = repairNames.filter((name) => !repairs[name]).map((name) => [name, false] as const);
  const all = [...others, ...off];
  return all.length > 0 ? Object.fromEntries(all) : undefined;
}

/** Undefined where a field says what holds without it, unless it was written down so. */
function ondemandOptions(fields: OptionFields, earlier: Options): Options {
  const unlessUsual = <T>(value: T, usual: T, before: unknown) =>
    value === usual && before !== value ? undefined : value;
  const { systemPrompt, promptTools, sendMaxTokens, sessionTimeoutMinutes: minutes } = fields;
  return {
    systemPrompt: unlessUsual(systemPrompt, 'query', earlier.systemPrompt),
    promptTools: unlessUsual(promptTools, false, earlier.promptTools),
    sendMaxTokens: unlessUsual(sendMaxTokens, false, earlier.sendMaxTokens),
    sessionTimeoutMinutes:
      minutes === '' ? undefined : unlessUsual(minutes, usualSessionMinutes, earlier.sessionTimeoutMinutes),
    ...Object.fromEntries(ondemandUrlNames.map((name) => [name, fields[name].trim() || undefined])),
  };
}

export function optionsOf(
  kind: EndpointKind,
  fields: OptionFields,
  earlier: Options,
): Record<string, unknown> {
  const next: Record<string, unknown> = { ...earlier, repairs: repairsOption(fields.repairs, earlier) };
  if (kind === 'azure') next.apiVersion = fields.apiVersion.trim() || undefined;
  if (hasApiChoice(kind)) next.api = fields.api === 'auto' ? undefined : fields.api;
  if (kind === 'ondemand') Object.assign(next, ondemandOptions(fields, earlier));
  return Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined));
}
