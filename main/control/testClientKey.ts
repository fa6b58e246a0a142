// Tries a client key as a client would: over HTTP, through the gateway's own port, routed like any request. It never shows the key.
import { isIPv6 } from 'node:net';
import { nobody } from '../base/answerOrigin.ts';
import type { Clock } from '../base/clock.ts';
import type { ClientKeyTest } from '../contract/schemas/views.ts';
import { testAgent } from '../contract/testAgent.ts';

interface Asked {
  /** Where the gateway listens. */
  host: string;
  port: number;
  secret: string;
  model: string;
}

/** Long enough for a model that thinks first. */
const patienceMs = 60_000;
const longestText = 300;

/** An address to listen on is not always one to call. */
function callable(host: string): string {
  if (host === '0.0.0.0' || host === '') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return isIPv6(host) ? `[${host}]` : host;
}

interface Answer {
  choices?: { message?: { content?: unknown } }[];
  error?: { message?: unknown };
}

function textOf(answer: Answer | null): string | null {
  const text = answer?.error?.message ?? answer?.choices?.[0]?.message?.content;
  return typeof text === 'string' && text !== '' ? text.slice(0, longestText) : null;
}

/** Null where nobody answered. */
function endpointOf(headers: Headers): string | null {
  const told = headers.get('x-sluice-endpoint');
  return told === nobody ? null : told;
}

/** Never throws: what went wrong is the answer. */
export async function testClientKey(
  { host, port, secret, model }: Asked,
  clock: Pick<Clock, 'monotonic'>,
): Promise<ClientKeyTest> {
  const startedAt = clock.monotonic();
  const tookMs = () => Math.round(clock.monotonic() - startedAt);
  try {
    const response = await fetch(`http://${callable(host)}:${port}/v1/chat/completions`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${secret}`,
        'content-type': 'application/json',
        'user-agent': testAgent,
      },
      body: JSON.stringify({
        model,
        messages: [{ role: 'user', content: 'Say hello in one short sentence.' }],
        max_tokens: 64,
      }),
      signal: AbortSignal.timeout(patienceMs),
    });
    const answer = await response.json().catch(() => null);
    return {
      ok: response.ok,
      status: response.status,
      ms: tookMs(),
      text: textOf(answer as Answer | null),
      endpointId: endpointOf(response.headers),
      recordId: response.headers.get('x-request-id'),
    };
  } catch (error) {
    // What fetch says by itself is "fetch failed"; the socket's words are behind it.
    const told = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const text = told instanceof Error ? told.message || told.name : String(told);
    return {
      ok: false,
      status: null,
      ms: tookMs(),
      text: text.slice(0, longestText),
      endpointId: null,
      recordId: null,
    };
  }
}
