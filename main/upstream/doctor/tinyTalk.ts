// One tiny conversation with an upstream, repaired as a client's would be.
import type { Clock } from '../../base/clock.ts';
import type { Redactor } from '../../base/redact.ts';
import type { RepairName } from '../../contract/readOptions.ts';
import type { CompiledAccount, CompiledEndpoint } from '../../registry/snapshot.ts';
import type { UpstreamDriver } from '../driver.ts';
import { driverFor } from '../drivers.ts';
import { findQuirks } from '../findQuirk.ts';
import type { Quirk } from '../quirk.ts';
import { mayRepair, switchOf } from '../repair/quirksInForce.ts';
import { faultOfTinyAnswer, tinyCall } from '../tinyChat.ts';
import { UpstreamError } from '../upstreamError.ts';
import type { UpstreamLink } from '../upstreamLink.ts';
import { type Answer, ask } from './ask.ts';
import { isWebPage, ProbeFaultError } from './probeFault.ts';

export interface ProbeDeps {
  link: UpstreamLink;
  clock: Clock;
  redactor: Redactor;
  connectMs: () => number;
  /** How long a model list and an answer may take. */
  times?: { listMs: number; answerMs: number };
}

export const usualTimes = { listMs: 15_000, answerMs: 45_000 };

/** Options an upstream may refuse one after the other before it answers. */
const maxRepairs = 4;

/** Throws UpstreamError for a kind that can't be used. */
export function requireDriver(endpoint: CompiledEndpoint): UpstreamDriver {
  const driver = driverFor(endpoint.kind);
  if (!driver) throw new UpstreamError(`endpoints of kind ${endpoint.kind} can't be used yet`, null);
  return driver;
}

/** It refused what a repair would have mended, and the user has switched that off. */
export class RepairOffError extends ProbeFaultError {
  readonly repair: RepairName;
  constructor(error: UpstreamError, repair: RepairName) {
    super('request-refused', error.message, error.status);
    this.repair = repair;
  }
}

export interface TinyTalk {
  endpoint: CompiledEndpoint;
  account: CompiledAccount;
  model: string;
  stream: boolean;
  signal?: AbortSignal | undefined;
}

/** Resolves where the model answered. Throws UpstreamError, mostly as ProbeFaultError. */
export async function tinyTalk(deps: ProbeDeps, talk: TinyTalk): Promise<void> {
  const { endpoint, account, model, stream, signal } = talk;
  const { redactor, link, connectMs } = deps;
  const driver = requireDriver(endpoint);
  const dialect = driver.dialectFor('chat', endpoint, model);
  const quirks = new Set<Quirk>();
  const ms = (deps.times ?? usualTimes).answerMs;
  const askOnce = (): Promise<Answer> => {
    const { exchange } = link.open(driver, {
      call: tinyCall(dialect, model, stream),
      target: { endpoint, account, upstreamModel: model },
      quirks,
      owner: 'probe',
      connectMs: connectMs(),
    });
    return ask(exchange, { kind: endpoint.kind, ms, redactor, signal });
  };

  /** What would be repaired in a client's request must not fail the test. */
  async function askRepaired(left: number): Promise<Answer> {
    try {
      return await askOnce();
    } catch (error) {
      const { message, status = null } = error as UpstreamError;
      if (left === 0 || (status !== 400 && status !== 422)) throw error;
      const known = findQuirks(message, { dialect, known: quirks });
      const found = known.filter((quirk) => mayRepair(endpoint, quirk));
      const [refused] = known;
      if (found.length === 0 && refused !== undefined && error instanceof UpstreamError)
        throw new RepairOffError(error, switchOf(refused));
      if (found.length === 0) throw error;
      for (const quirk of found) quirks.add(quirk);
      return askRepaired(left - 1);
    }
  }

  const { body, response } = await askRepaired(maxRepairs);
  const type = String(response.headers['content-type'] ?? '');
  const fault = faultOfTinyAnswer(dialect, body, type, stream);
  if (fault === null) return;
  const cut = stream && /event-stream/i.test(type);
  const code = isWebPage(body) ? 'not-an-api' : cut ? 'stream-cut' : 'bad-answer';
  throw new ProbeFaultError(code, redactor.redact(fault), null);
}
