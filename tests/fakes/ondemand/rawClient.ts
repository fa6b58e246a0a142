// Asks the emulator over HTTP as plainly as can be, and shows what came back as it is.
import { request as httpRequest } from 'node:http';
import { companyOf } from './accounts.ts';
import type { OndemandEmulator } from './ondemandEmulator.ts';

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** As it came. */
  readonly bytes: Buffer;
  readonly text: string;
  /** Null where the body is no JSON. */
  readonly json: Readonly<Record<string, unknown>> | null;
  /** The pieces in which it came off the socket. */
  readonly packets: number;
  /** Broken off before its end. */
  readonly cut: boolean;
}

function jsonOf(text: string): Readonly<Record<string, unknown>> | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export type OnPacket = (text: string) => unknown;

/** Rejects only where no answer began. Leaving early is `cut`, too. */
export function ask(
  emulator: Pick<OndemandEmulator, 'origin'>,
  target: string,
  about: {
    method?: string;
    headers?: Record<string, string>;
    json?: unknown;
    /** Leaves after this time, whatever came. */
    patienceMs?: number;
    /** Sees each piece as it comes; where it returns false, the client leaves. */
    onPacket?: OnPacket;
  } = {},
): Promise<RawAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<RawAnswer>();
  let answered = false;
  const body = about.json === undefined ? null : JSON.stringify(about.json);
  const request = httpRequest(`${emulator.origin}${target}`, {
    method: about.method ?? (body === null ? 'GET' : 'POST'),
    headers: { ...(body === null ? {} : { 'content-type': 'application/json' }), ...about.headers },
    agent: false,
  });
  if (about.patienceMs !== undefined)
    setTimeout(() => request.destroy(new Error('out of patience')), about.patienceMs).unref();
  // Once an answer began, its own end tells how it went: then this rejects nothing any more.
  request.on('error', (error) => {
    if (!answered) reject(error);
  });
  request.on('response', (response) => {
    answered = true;
    const parts: Buffer[] = [];
    response.on('data', (part: Buffer) => {
      parts.push(part);
      if (about.onPacket?.(part.toString('utf8')) === false) request.destroy();
    });
    response.on('error', () => undefined);
    response.on('close', () => {
      const bytes = Buffer.concat(parts);
      const text = bytes.toString('utf8');
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        bytes,
        text,
        json: jsonOf(text),
        packets: parts.length,
        cut: !response.complete,
      });
    });
  });
  request.end(body ?? undefined);
  return promise;
}

/** What stands in the service's envelope; throws where there is none. */
export function dataOf<T extends object>({ json, text }: RawAnswer): T {
  const data = json?.data;
  if (typeof data !== 'object' || data === null) throw new Error(`no data in ${text}`);
  return data as T;
}

/** What a client of the service sends to be let in. */
export interface Caller {
  /** `/chat/v1`, or `/chat/v1/client` */
  readonly chat: string;
  readonly headers: Record<string, string>;
}

export const byKey = (apikey: string): Caller => ({ chat: '/chat/v1', headers: { apikey } });

export const byToken = (token: string, email: string): Caller => ({
  chat: '/chat/v1/client',
  headers: { authorization: `Bearer ${token}`, 'x-company-id': companyOf(email) },
});

export async function newSession(emulator: OndemandEmulator, caller: Caller): Promise<string> {
  const made = await ask(emulator, `${caller.chat}/sessions`, {
    headers: caller.headers,
    json: { externalUserId: 'tray-1', pluginIds: [] },
  });
  return dataOf<{ id: string }>(made).id;
}

export function query(
  emulator: OndemandEmulator,
  caller: Caller,
  session: string,
  body: Record<string, unknown>,
  more: { patienceMs?: number; onPacket?: OnPacket } = {},
): Promise<RawAnswer> {
  return ask(emulator, `${caller.chat}/sessions/${session}/query`, {
    headers: caller.headers,
    json: { endpointId: 'predefined-gpt-5.6-luna', responseMode: 'sync', query: 'Hello', ...body },
    ...more,
  });
}

export interface SeenEvent {
  readonly name: string;
  readonly data: string;
  /** Null where the data is no JSON, such as [DONE]. */
  readonly json: Readonly<Record<string, unknown>> | null;
}

/** The events of a whole stream, its line ends whatever they are. */
export function eventsOf({ text }: Pick<RawAnswer, 'text'>): SeenEvent[] {
  return text
    .replace(/^\ufeff/, '')
    .split(/\r?\n\r?\n/)
    .map((block) => block.split(/\r?\n/))
    .flatMap((lines) => {
      const field = (name: string) =>
        lines.find((line) => line.startsWith(`${name}:`))?.slice(name.length + 1);
      const data = field('data');
      return data === undefined ? [] : [{ name: field('event') ?? '', data, json: jsonOf(data) }];
    });
}

/** The answer's pieces put together. */
export function answerIn(events: readonly SeenEvent[]): string {
  return events
    .filter(({ json }) => json?.eventType === 'fulfillment')
    .map(({ json }) => json?.answer ?? '')
    .join('');
}
