import type { Clock } from '../base/clock.ts';
import type { Redactor } from '../base/redact.ts';
import type { ModelListing } from '../contract/modelListing.ts';
import type { CheckReport, CheckStep } from '../contract/schemas/views.ts';
import { errorMessageOf } from '../protocol/errorMessage.ts';
import type { CompiledAccount, CompiledEndpoint } from '../registry/snapshot.ts';
import { classifyTransport } from './classifyFailure.ts';
import type { UpstreamDriver } from './driver.ts';
import { driverFor } from './drivers.ts';
import { findQuirks } from './findQuirk.ts';
import { modelsToTry } from './modelsToTry.ts';
import type { Probe } from './probe.ts';
import type { Quirk } from './quirk.ts';
import { mayRepair } from './repair/quirksInForce.ts';
import { faultOfTinyAnswer, tinyCall } from './tinyChat.ts';
import { type Exchange, readAll, type UpstreamResponse } from './transport.ts';
import { UpstreamError } from './upstreamError.ts';
import type { UpstreamLink } from './upstreamLink.ts';

export interface ProbeDeps {
  link: UpstreamLink;
  clock: Clock;
  redactor: Redactor;
  connectMs: () => number;
}

const listMs = 15_000;
const answerMs = 45_000;
const maxBytes = 8 * 1024 * 1024;

interface Answer {
  response: UpstreamResponse;
  body: Buffer;
}

/** Reads everything, within a time. Throws UpstreamError in the upstream's or the transport's words. */
async function ask(exchange: Exchange, deps: ProbeDeps, ms: number, signal?: AbortSignal): Promise<Answer> {
  const timer = setTimeout(
    () => exchange.abort(new UpstreamError(`no answer within ${ms / 1_000} s`, null)),
    ms,
  );
  const onAbort = (): void => exchange.abort(new UpstreamError('cancelled', null));
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    const response = await exchange.response;
    const body = await readAll(response, maxBytes);
    if (response.status >= 200 && response.status < 300) return { response, body };
    const message = errorMessageOf(body, response.status);
    throw new UpstreamError(deps.redactor.redact(`${message} (status ${response.status})`), response.status);
  } catch (error) {
    if (error instanceof UpstreamError) throw error;
    throw new UpstreamError(deps.redactor.redact(classifyTransport(error as Error).reason), null);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

function requireDriver(endpoint: CompiledEndpoint): UpstreamDriver {
  const driver = driverFor(endpoint.kind);
  if (!driver) throw new UpstreamError(`endpoints of kind ${endpoint.kind} can't be used yet`, null);
  return driver;
}

/** What to do about a status, where the upstream's words alone may not tell. A login has its own step, which says it. */
function advice(status: number | null, isLogin: boolean): string {
  if (isLogin && (status === 401 || status === 403)) return '';
  if (status === 401) return ' Check the key: it may be mistyped, expired or of another provider.';
  if (status === 402) return ' Top up the account at the provider.';
  if (status === 403) return ' The key may lack the right for this, or the provider refuses your region.';
  if (status === 404) return ' Check the base URL and the model name.';
  if (status === 429) return ' The key works, but its limit is reached for now.';
  return '';
}

/** Options an upstream may refuse one after the other before it answers. */
const maxRepairs = 4;

const noModel = (endpoint: CompiledEndpoint): string =>
  endpoint.kind === 'azure'
    ? "No deployment to try: Azure does not list them. Enter a deployment's name under models."
    : 'No model to try. Enter one under models.';

export function createProbe(deps: ProbeDeps): Probe {
  async function listModels(
    endpoint: CompiledEndpoint,
    account: CompiledAccount,
    signal?: AbortSignal,
  ): Promise<ModelListing[]> {
    const driver = requireDriver(endpoint);
    const exchange = deps.link.listModels(driver, endpoint, account, deps.connectMs());
    const { body } = await ask(exchange, deps, listMs, signal);
    try {
      const byId = new Map(driver.readModelList(body).map((listing) => [listing.id, listing]));
      return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    } catch (error) {
      throw new UpstreamError(
        `its model list can't be read: ${(error as Error).message}. Check the base URL.`,
        null,
      );
    }
  }

  async function chat(
    endpoint: CompiledEndpoint,
    account: CompiledAccount,
    model: string,
    stream: boolean,
    signal?: AbortSignal,
  ): Promise<void> {
    const driver = requireDriver(endpoint);
    const dialect = driver.dialectFor('chat', endpoint, model);
    const quirks = new Set<Quirk>();
    const askOnce = (): Promise<Answer> => {
      const { exchange } = deps.link.open(driver, {
        call: tinyCall(dialect, model, stream),
        target: { endpoint, account, upstreamModel: model },
        quirks,
        owner: 'probe',
        connectMs: deps.connectMs(),
      });
      return ask(exchange, deps, answerMs, signal);
    };

    /** What would be repaired in a client's request must not fail the test. */
    async function askRepaired(left: number): Promise<Answer> {
      try {
        return await askOnce();
      } catch (error) {
        const { message, status = null } = error as UpstreamError;
        if (left === 0 || (status !== 400 && status !== 422)) throw error;
        const found = findQuirks(message, { dialect, known: quirks }).filter((quirk) =>
          mayRepair(endpoint, quirk),
        );
        if (found.length === 0) throw error;
        for (const quirk of found) quirks.add(quirk);
        return askRepaired(left - 1);
      }
    }

    const { body, response } = await askRepaired(maxRepairs);
    const fault = faultOfTinyAnswer(dialect, body, String(response.headers['content-type'] ?? ''), stream);
    if (fault !== null) throw new UpstreamError(deps.redactor.redact(fault), null);
  }

  /** The first of the models that answers; what an upstream does not serve any longer says nothing of the account. */
  async function chatWithOneOf(
    [model, ...others]: readonly string[],
    work: (model: string) => Promise<void>,
  ): Promise<string> {
    if (model === undefined) throw new UpstreamError('there is no model to try', null);
    try {
      await work(model);
      return model;
    } catch (error) {
      if (others.length === 0 || (error as UpstreamError).status !== 400) throw error;
      return chatWithOneOf(others, work);
    }
  }

  return {
    listModels,
    async check(endpoint, account, wantedModel, signal) {
      const steps: CheckStep[] = [];
      const isLogin = account.email !== null;
      let models: string[] = [];

      /** `excuse` says why a failure is none. */
      async function step(
        name: CheckStep['name'],
        work: () => Promise<string>,
        excuse: (status: number | null) => string | null = () => null,
      ): Promise<boolean> {
        const started = deps.clock.monotonic();
        const done = (state: CheckStep['state'], detail: string): boolean => {
          steps.push({ name, state, ms: Math.round(deps.clock.monotonic() - started), detail });
          return state === 'ok';
        };
        try {
          return done('ok', await work());
        } catch (error) {
          const { message, status = null } = error as UpstreamError;
          const excused = excuse(status);
          if (excused !== null) return done('skipped', excused);
          return done('failed', `${message.replace(/\.?$/, '.')}${advice(status, isLogin)}`);
        }
      }
      const skip = (name: CheckStep['name'], detail: string): void =>
        void steps.push({ name, state: 'skipped', ms: 0, detail });
      const skipFrom = (first: 'models' | 'chat', why: string): CheckReport => {
        if (first === 'models') skip('models', why);
        skip('chat', why);
        skip('stream', why);
        return { ok: false, steps, models };
      };

      const { credential } = account;
      if (credential.state !== 'ready' && credential.state !== 'none') {
        steps.push({ name: 'credential', state: 'failed', ms: 0, detail: credential.reason });
        return skipFrom('chat', 'The account has no readable key.');
      }
      const signIn = deps.link.signIn(requireDriver(endpoint), endpoint, account, deps.connectMs());
      if (signIn) {
        const entered = await step('credential', async () => {
          await ask(signIn, deps, listMs, signal);
          return 'signed in';
        });
        if (!entered) return skipFrom('models', 'Not tried: signing in failed.');
      }
      const found = await step(
        'models',
        async () => {
          models = (await listModels(endpoint, account, signal)).map(({ id }) => id);
          return `${models.length} models`;
        },
        (status) =>
          signIn && (status === 401 || status === 403 || status === 404)
            ? "A login can't read the model list here: the names that are known are used."
            : null,
      );
      const tries = wantedModel === null ? modelsToTry(endpoint, models) : [wantedModel];
      // Some servers have no model list; what counts is whether they answer.
      if (tries.length === 0) return { ...skipFrom('chat', noModel(endpoint)), ok: found };
      let answering = '';
      const answered = await step('chat', async () => {
        answering = await chatWithOneOf(tries, (model) => chat(endpoint, account, model, false, signal));
        return `${answering} answers`;
      });
      if (answered) {
        await step('stream', async () => {
          await chat(endpoint, account, answering, true, signal);
          return `${answering} streams`;
        });
      } else skip('stream', 'Not tried: the plain answer failed.');
      return { ok: answered, steps, models };
    },
  };
}
