// What a driver is given in its tests.
import { readEnvelope } from '../../../main/protocol/jsonEnvelope.ts';
import { conversations, type Operation } from '../../../main/protocol/operation.ts';
import type { CompiledAccount, CompiledEndpoint, Credential } from '../../../main/registry/snapshot.ts';
import type { BuiltRequest, UpstreamCall, UpstreamTarget } from '../../../main/upstream/driver.ts';

export function endpointOf(baseUrl: string, rest: Partial<CompiledEndpoint> = {}): CompiledEndpoint {
  return {
    id: 'e',
    name: 'e',
    kind: 'openai',
    baseUrl,
    enabled: true,
    priority: 0,
    weight: 1,
    free: false,
    accounts: [],
    models: new Set(),
    excludedModels: [],
    modelMapping: {},
    headers: {},
    proxy: null,
    options: {},
    ...rest,
  };
}

export function accountOf(secret: string | null = 'key-1'): CompiledAccount {
  const credential: Credential =
    secret === null ? { state: 'none' } : { state: 'ready', source: 'vault', secret };
  return {
    key: 'e/a',
    id: 'a',
    name: 'a',
    email: null,
    credential,
    enabled: true,
    weight: 1,
    limits: {} as never,
  };
}

export function targetOf(
  endpoint: CompiledEndpoint,
  upstreamModel: string,
  secret?: string | null,
): UpstreamTarget {
  return { endpoint, account: accountOf(secret), upstreamModel };
}

export interface CallParts {
  readonly operation?: Operation;
  readonly stream?: boolean;
  readonly passHeaders?: Record<string, string>;
}

/** A client's own body. */
export function jsonCall(body: Record<string, unknown>, parts: CallParts = {}): UpstreamCall {
  const { operation = conversations.chat, stream = false, passHeaders = {} } = parts;
  const bytes = Buffer.from(JSON.stringify(body));
  const inPath = operation.dialect === 'gemini' ? { model: 'm', stream } : undefined;
  return { operation, stream, passHeaders, payload: { form: 'json', envelope: readEnvelope(bytes, inPath) } };
}

/** A body written for the upstream. */
export function encodedCall(body: Record<string, unknown>, parts: CallParts = {}): UpstreamCall {
  const { operation = conversations.chat, stream = false, passHeaders = {} } = parts;
  return { operation, stream, passHeaders, payload: { form: 'encoded', body } };
}

export const bodyOf = (built: BuiltRequest | null): unknown => JSON.parse(String(built?.body ?? 'null'));
