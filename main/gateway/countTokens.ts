// Says how many tokens a request has without asking a model to answer it: the provider's own count where it has one, else the tokenizer's.
import { type AnswerOrigin, nobodyAsked } from '../base/answerOrigin.ts';
import type { Bytes } from '../base/chunkedBytes.ts';
import { GatewayError } from '../base/gatewayError.ts';
import { readJson } from '../base/jsonMembers.ts';
import { isAllowed } from '../contract/modelRules.ts';
import { flatTokensOfPrompt, promptTextOf } from '../metering/promptText.ts';
import type { WireName } from '../protocol/dialect.ts';
import { dialects, upstreamDialects } from '../protocol/dialects.ts';
import { decodeTokenCountBody, readTokenCount as readGeminiCount } from '../protocol/gemini/tokenCount.ts';
import { heldTurn } from '../protocol/heldTurn.ts';
import type { JsonObject } from '../protocol/hub/turn.ts';
import { orInvalidJson, readEnvelope } from '../protocol/jsonEnvelope.ts';
import { readTokenCount as readMessagesCount } from '../protocol/messages/tokenCount.ts';
import type { CompiledClientKey } from '../registry/snapshot.ts';
import { outsideMode } from '../routing/outsideMode.ts';
import { leftOutSkips, type Route, resolveModel } from '../routing/resolveModel.ts';
import { driverFor } from '../upstream/drivers.ts';
import { readAll } from '../upstream/transport.ts';
import type { GatewayDeps } from './deps.ts';
import { modelNotFound } from './modelNotFound.ts';
import { refusePaused } from './refusePaused.ts';

export interface CountQuery {
  readonly key: CompiledClientKey;
  readonly dialect: 'messages' | 'gemini';
  /** From the path, for Gemini. */
  readonly model: string | null;
  readonly body: Bytes;
  /** Headers of the client that may travel on. */
  readonly passHeaders: Readonly<Record<string, string>>;
}

export interface CountAnswer {
  readonly document: Record<string, number>;
  /** Counted here, with a tokenizer that may not be the model's. */
  readonly estimated: boolean;
  readonly origin: AnswerOrigin;
}

interface UpstreamCount {
  readonly tokens: number;
  readonly origin: AnswerOrigin;
}

/** Clients ask before every turn; a count that takes longer is worth less than an estimate. */
const patienceMs = 5_000;
const maxBytes = 256 * 1024;

function inDialect(
  query: CountQuery,
  body: JsonObject,
  model: string,
  to: WireName,
  upstreamModel: string,
): JsonObject {
  if (to === query.dialect) return { ...body, model: upstreamModel };
  const turn = dialects[query.dialect].decodeRequest(body, { model, stream: false });
  const wire = upstreamDialects[to];
  return wire.encodeRequest(heldTurn(turn, wire).turn, { model: upstreamModel }).body as JsonObject;
}

/** The provider's own count; null where it has none, or does not answer well and soon. */
async function askUpstream(
  query: CountQuery,
  body: JsonObject,
  model: string,
  route: Route,
  deps: GatewayDeps,
): Promise<UpstreamCount | null> {
  const { endpoint, upstreamModel } = route;
  const driver = driverFor(endpoint.kind);
  const account = endpoint.accounts.find(
    ({ enabled, credential, key }) =>
      enabled && credential.state === 'ready' && deps.health.unavailable(key, upstreamModel) === null,
  );
  if (!driver || !account) return null;
  const dialect = driver.dialectFor(query.dialect, endpoint, upstreamModel);
  const target = { endpoint, account, upstreamModel };
  try {
    const asked = inDialect(query, body, model, dialect, upstreamModel);
    const built = driver.buildTokenCount(asked, target, query.passHeaders);
    if (!built) return null;
    const { connectMs } = deps.snapshots.current.settings.timeouts;
    const exchange = deps.send({ ...built, proxy: endpoint.proxy, connectMs });
    const timer = setTimeout(() => exchange.abort(new Error('no count in time')), patienceMs);
    try {
      const response = await exchange.response;
      const answer = await readAll(response, maxBytes);
      if (response.status !== 200) return null;
      const document = JSON.parse(answer.toString('utf8')) as JsonObject;
      const tokens = dialect === 'gemini' ? readGeminiCount(document) : readMessagesCount(document);
      if (tokens === null) return null;
      const origin = { endpointId: endpoint.id, accountId: account.id, upstreamModel, attempts: 1 };
      return { tokens, origin };
    } finally {
      clearTimeout(timer);
    }
  } catch (error) {
    deps.log.debug('an upstream did not count tokens', { endpoint: endpoint.id, error: String(error) });
    return null;
  }
}

async function estimate(body: JsonObject, deps: GatewayDeps): Promise<number> {
  return (await deps.tokenCounter.count(promptTextOf(body))) + flatTokensOfPrompt(body);
}

/** Costs no limit and is not recorded. Throws GatewayError where the model is unknown or the body is none. */
export async function countTokens(query: CountQuery, deps: GatewayDeps): Promise<CountAnswer> {
  refusePaused(deps);
  const path = query.model === null ? undefined : { model: query.model, stream: false };
  const { model } = readEnvelope(query.body, path);
  if (!isAllowed(query.key.models, model))
    throw new GatewayError('model_not_allowed', `This client key may not use the model "${model}".`);
  const snapshot = deps.snapshots.current;
  const routes = resolveModel(snapshot, deps.modelLists, model).filter(({ endpoint }) => endpoint.enabled);
  if (routes.length === 0)
    throw modelNotFound(snapshot, model, null, leftOutSkips(snapshot, deps.modelLists, model));
  const spending = deps.spending.current();
  const route = routes.find(({ endpoint }) => outsideMode(endpoint, spending) === null);
  const sent = orInvalidJson(() => readJson(query.body) as JsonObject);
  const body = query.dialect === 'gemini' ? decodeTokenCountBody(sent) : sent;
  const counted = route ? await askUpstream(query, body, model, route, deps) : null;
  const tokens = counted?.tokens ?? (await estimate(body, deps));
  const document: Record<string, number> =
    query.dialect === 'gemini' ? { totalTokens: tokens } : { input_tokens: tokens };
  return { document, estimated: counted === null, origin: counted?.origin ?? nobodyAsked };
}
