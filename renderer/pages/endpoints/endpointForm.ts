// The endpoint form's values, from a view or preset and back into an operation's input. Pure.
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../../main/contract/operations.ts';
import type { EndpointKind } from '../../../main/contract/schemas/endpoint.ts';
import type { EndpointView, Preset } from '../../../main/contract/schemas/views.ts';
import { type LimitFields, limitFieldsOf, limitsOf } from '../../components/limitFields.ts';
import { type OptionFields, optionFieldsOf, optionsOf } from './optionFields.ts';
import { parseKeyLines } from './parseKeyLines.ts';

type Client = ContractRouterClient<Contract>;
export type CreateInput = Parameters<Client['endpoints']['create']>[0];
export type UpdateInput = Parameters<Client['endpoints']['update']>[0];

/** A row of two texts: a mapping, a header. */
export interface Pair {
  from: string;
  to: string;
}

export interface EndpointFormValues extends OptionFields {
  name: string;
  kind: EndpointKind;
  baseUrl: string;
  /** Keys as they were pasted, one a line. */
  keys: string;
  enabled: boolean;
  weight: number | '';
  models: string[];
  mapping: Pair[];
  limits: LimitFields;
  headers: Pair[];
  proxy: string;
}

/** The fields the gateway's issues can be shown at. */
export const endpointFields = [
  'name',
  'kind',
  'baseUrl',
  'accounts',
  'weight',
  'models',
  'modelMapping',
  'limits',
  'limits.rpm',
  'limits.rpd',
  'limits.tpm',
  'limits.tpd',
  'limits.concurrent',
  'headers',
  'proxy',
  'options.apiVersion',
  'options.api',
  'options.repairs',
] as const;
export type EndpointField = (typeof endpointFields)[number];

function pairsOf(record: Readonly<Record<string, string>>): Pair[] {
  return Object.entries(record).map(([from, to]) => ({ from, to }));
}

function recordOf(pairs: readonly Pair[]): Record<string, string> {
  const filled = pairs
    .map(({ from, to }) => ({ from: from.trim(), to: to.trim() }))
    .filter(({ from, to }) => from && to);
  return Object.fromEntries(filled.map(({ from, to }) => [from, to]));
}

export function valuesOfPreset(preset: Preset | null): EndpointFormValues {
  return {
    name: preset?.name ?? '',
    kind: preset?.kind ?? 'openai',
    baseUrl: preset?.baseUrl ?? '',
    keys: '',
    enabled: true,
    weight: 1,
    models: preset?.models ?? [],
    mapping: [],
    limits: limitFieldsOf({}),
    headers: [],
    proxy: '',
    ...optionFieldsOf({}),
  };
}

export function valuesOfEndpoint(endpoint: EndpointView): EndpointFormValues {
  return {
    name: endpoint.name,
    kind: endpoint.kind,
    baseUrl: endpoint.baseUrl,
    keys: '',
    enabled: endpoint.enabled,
    weight: endpoint.weight,
    models: endpoint.models,
    mapping: pairsOf(endpoint.modelMapping),
    limits: limitFieldsOf(endpoint.limits),
    headers: pairsOf(endpoint.headers),
    proxy: endpoint.proxy ?? '',
    ...optionFieldsOf(endpoint.options),
  };
}

function sharedInput(values: EndpointFormValues, earlier: Readonly<Record<string, unknown>>) {
  return {
    name: values.name.trim(),
    kind: values.kind,
    baseUrl: values.baseUrl.trim(),
    enabled: values.enabled,
    weight: values.weight === '' ? 1 : values.weight,
    models: values.models,
    modelMapping: recordOf(values.mapping),
    limits: limitsOf(values.limits),
    headers: recordOf(values.headers),
    proxy: values.proxy.trim() || null,
    options: optionsOf(values.kind, values, earlier),
  };
}

export function createInputOf(values: EndpointFormValues): CreateInput {
  return { ...sharedInput(values, {}), accounts: parseKeyLines(values.keys) };
}

export function updateInputOf(endpoint: EndpointView, values: EndpointFormValues): UpdateInput {
  return { id: endpoint.id, patch: sharedInput(values, endpoint.options) };
}

/** Whether saving would drop the stored keys: they belong to the origin they were given for. */
export function changesOrigin(endpoint: EndpointView, baseUrl: string): boolean {
  const origin = (url: string) => (URL.canParse(url) ? new URL(url).origin : url);
  const hasKeys = endpoint.accounts.some((account) => account.secret.source !== 'none');
  return hasKeys && origin(baseUrl.trim()) !== origin(endpoint.baseUrl);
}
