// An upstream of every kind over real sockets that can do everything wrong, and a journal of what reached it: OpenAI, Azure, Anthropic
// and Gemini by path.
// `node tests/fakes/fakeUpstream.ts --port 0 --fast` runs it as a process of its own and prints its address.
import { parseArgs } from 'node:util';
import { serveConnection } from './upstream/connection.ts';
import { createFastServer } from './upstream/fastServer.ts';
import { createFaultPlan, type FaultPlan } from './upstream/faultPlan.ts';
import {
  createJournal,
  type Filter,
  type Journal,
  type JournalEntry,
  matches,
  newExchange,
} from './upstream/journal.ts';
import { type Respond, respond } from './upstream/respond.ts';
import { createSocketServer } from './upstream/socketServer.ts';
import { planSteps } from './upstream/steps.ts';
import type { UpstreamRequest } from './upstream/upstreamRequest.ts';

export interface FakeUpstreamOptions {
  /** Stands in the answers, so that a test sees who answered. */
  name?: string;
  port?: number;
  /** Accepted credentials; any is, and none too, where this is absent. */
  keys?: readonly string[];
  /** What the model list says. */
  models?: readonly string[];
  /** Where true, a model that is not in the list is answered with 404. */
  strictModels?: boolean;
  /** The text to answer with, from the request. */
  reply?: (request: UpstreamRequest) => string;
  /** Milliseconds between the events of a stream. */
  eventGapMs?: number;
  /** `prompt_tokens_details.cached_tokens` of every answer. */
  cachedTokens?: number;
  /** Where `redirect` points to. */
  redirectTo?: string;
  /** Requests are held to the published types of the service and to its own rules; the journal has each `violation`. */
  strict?: boolean;
}

export interface FakeUpstream extends Pick<FaultPlan, 'script' | 'scriptFor' | 'set'> {
  /** `http://127.0.0.1:PORT/v1` */
  readonly url: string;
  readonly origin: string;
  readonly port: number;
  readonly journal: Journal;
  /** Open client connections. */
  readonly connections: number;
  /** Forgets journal, scripts and standing faults. */
  reset(): void;
  /** Closes every connection hard. */
  close(): Promise<void>;
}

/** The generator of schemas is a large thing: only who wants it loads it. */
async function loadChecker() {
  const { createRequestChecker } = await import('./upstream/wire/requestChecker.ts');
  return createRequestChecker();
}

export async function createFakeUpstream(options: FakeUpstreamOptions = {}): Promise<FakeUpstream> {
  const { name = 'fake', models = ['gpt-4o', 'gpt-4o-mini', 'text-embedding-3-small'] } = options;
  const journal = createJournal<JournalEntry, Filter>(matches);
  const faults = createFaultPlan();
  let requests = 0;
  const answers: Omit<Respond, 'redirectTo'> = {
    name,
    models,
    keys: options.keys ?? null,
    strictModels: options.strictModels ?? false,
    cachedTokens: options.cachedTokens ?? 0,
    reply: options.reply ?? null,
    stored: new Map(),
    check: options.strict ? await loadChecker() : null,
  };

  const server = await createSocketServer(options.port ?? 0, (socket, serial) =>
    serveConnection<JournalEntry>(socket, {
      serial,
      eventGapMs: options.eventGapMs ?? 0,
      refusesEarly: (request) => faults.peek(request).name === 'early413',
      open(request, connection) {
        requests += 1;
        const fault = faults.take(request);
        const exchange = newExchange(request, { id: requests, connection, fault: fault.text });
        return { entry: journal.add({ ...exchange, asked: null, said: null, violation: null }), fault };
      },
      steps: (request, fault, entry) =>
        planSteps(
          respond(request, fault, entry, {
            ...answers,
            redirectTo: options.redirectTo ?? `${server.origin}/elsewhere`,
          }),
          fault,
        ),
    }),
  );

  return {
    url: `${server.origin}/v1`,
    origin: server.origin,
    port: server.port,
    journal,
    get connections() {
      return server.connections;
    },
    script: faults.script,
    scriptFor: faults.scriptFor,
    set: faults.set,
    reset() {
      journal.clear();
      faults.clear();
    },
    close: server.close,
  };
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      fast: { type: 'boolean', default: false },
      events: { type: 'string', default: '50' },
    },
  });
  const port = Number(values.port);
  const { url } = values.fast
    ? await createFastServer({ port, events: Number(values.events) })
    : await createFakeUpstream({ port });
  process.stdout.write(`${url}\n`);
}
