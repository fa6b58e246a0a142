// The fake of OpenAI, Azure, Anthropic and Google, at its strictest.
import { createFakeUpstream } from '../../fakes/fakeUpstream.ts';
import type { DialectName } from '../clients/client.ts';
import type { KindFaults, KindUpstream } from './kindUpstream.ts';

/** Part of the prompt that it says it had cached. */
const cachedTokens = 2;

/** Events of each dialect after which text has begun. */
const begun: Record<DialectName, number> = { chat: 3, responses: 6, messages: 5, gemini: 2 };

function dialectOf(path: string): DialectName {
  if (path.endsWith('/chat/completions')) return 'chat';
  if (path.endsWith('/responses')) return 'responses';
  return path.endsWith('/messages') ? 'messages' : 'gemini';
}

const textAt = (path: string): number => begun[dialectOf(path)];

const faults: KindFaults = {
  mistake: { fault: '400', says: /Invalid value for 'temperature'/ },
  overloaded: { fault: '529', says: /overloaded/i },
  cut: (path, stream) => (stream ? `cut@${textAt(path)}` : 'cut@60'),
  stall: (path) => `stall@${textAt(path)}`,
  error: (path) => ({ fault: `sse-error@${textAt(path)}`, says: /had an error|overloaded/i }),
};

export async function createStrictUpstream(key: string): Promise<KindUpstream> {
  const fake = await createFakeUpstream({ keys: [key], strict: true, cachedTokens });
  return {
    origin: fake.origin,
    faults,
    get entries() {
      return fake.journal.entries;
    },
    set: (fault) => fake.set({}, fault),
    waitFor: (ready) => fake.journal.waitFor(ready),
    reset: fake.reset,
    close: fake.close,
  };
}
