// The endpoint form's values, from a view or preset and back into an operation's input. Pure.
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../../main/contract/operations.ts';
import type { EndpointKind } from '../../../main/contract/schemas/endpoint.ts';
import type { EndpointView, Preset } from '../../../main/contract/schemas/views.ts';
import { changedFields } from '../../components/changedFields.ts';
import { type LimitFields, limitFieldsOf, limitsOf } from '../../components/limitFields.ts';
import { type Pair, pairsOf, recordOf } from '../../components/pairs.ts';
import { accountsOf, type Credentials, noCredentials } from './credentials.ts';
import { type OptionFields, ondemandUrlNames, optionFieldsOf, optionsOf } from './optionFields.ts';

type Client = ContractRouterClient<Contract>;
export type CreateInput = Parameters<Client['endpoints']['create']>[0];
export type UpdateInput = Parameters<Client['endpoints']['update']>[0];

export interface EndpointFormValues extends OptionFields, Credentials {
  name: string;
  kind: EndpointKind;
  baseUrl: string;
  enabled: boolean;
  weight: number | '';
  free: boolean;
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
  'options.systemPrompt',
  'options.promptTools',
  'options.sendMaxTokens',
  'options.sessionTimeoutMinutes',
  'options.authBaseUrl',
  'options.configBaseUrl',
  'options.mediaBaseUrl',
] as const;
export type EndpointField = (typeof endpointFields)[number];

export function valuesOfPreset(preset: Preset | null): EndpointFormValues {
  return {
    name: preset?.name ?? '',
    kind: preset?.kind ?? 'openai',
    baseUrl: preset?.baseUrl ?? '',
    ...noCredentials,
    enabled: true,
    weight: 1,
    free: preset?.free ?? false,
    models: preset?.models ?? [],
    mapping: pairsOf(preset?.modelMapping ?? {}),
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
    ...noCredentials,
    enabled: endpoint.enabled,
    weight: endpoint.weight,
    free: endpoint.free,
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
    free: values.free,
    models: values.models,
    modelMapping: recordOf(values.mapping),
    limits: limitsOf(values.limits),
    headers: recordOf(values.headers),
    proxy: values.proxy.trim() || null,
    options: optionsOf(values.kind, values, earlier),
  };
}

export function createInputOf(values: EndpointFormValues): CreateInput {
  return { ...sharedInput(values, {}), accounts: accountsOf(values.kind, values) };
}

/** What the form changed of the endpoint it began with. */
export function updateInputOf(endpoint: EndpointView, values: EndpointFormValues): UpdateInput {
  const before = sharedInput(valuesOfEndpoint(endpoint), endpoint.options);
  return { id: endpoint.id, patch: changedFields(before, sharedInput(values, endpoint.options)) };
}

/** Whether requests would take another way than the saved endpoint's: what it was asked before says nothing of that. */
export function changesWay(endpoint: EndpointView, values: EndpointFormValues): boolean {
  const wayOf = (form: EndpointFormValues) => {
    const { kind, baseUrl, headers, proxy, options } = sharedInput(form, endpoint.options);
    return JSON.stringify([kind, baseUrl, headers, proxy, options]);
  };
  return wayOf(values) !== wayOf(valuesOfEndpoint(endpoint));
}

/** Whether saving would drop the stored keys: they belong to the origins they were given for. */
export function changesOrigin(
  endpoint: EndpointView,
  values: Pick<EndpointFormValues, 'kind' | 'baseUrl' | (typeof ondemandUrlNames)[number]>,
): boolean {
  const origin = (url: string) => (URL.canParse(url) ? new URL(url).origin : url);
  const originsOf = (
    baseUrl: string,
    kind: EndpointKind,
    urls: Pick<OptionFields, (typeof ondemandUrlNames)[number]>,
  ) => {
    const more = kind === 'ondemand' ? ondemandUrlNames.map((name) => urls[name].trim()).filter(Boolean) : [];
    return [baseUrl.trim(), ...more].map(origin);
  };
  const hasKeys = endpoint.accounts.some((account) => account.secret.source !== 'none');
  const before = originsOf(endpoint.baseUrl, endpoint.kind, optionFieldsOf(endpoint.options));
  return hasKeys && originsOf(values.baseUrl, values.kind, values).some((url) => !before.includes(url));
}

/** A new endpoint that begins as this one stands, without its accounts: keys are not to be copied, nor what is shown masked. */
export function duplicateOf(endpoint: EndpointView, name: string): EndpointFormValues {
  const values = valuesOfEndpoint(endpoint);
  return {
    ...values,
    name,
    headers: values.headers.filter(({ to }) => !to.includes('••')),
    proxy: values.proxy.includes('••') ? '' : values.proxy,
  };
}
