// A gateway before the emulator, for the tests of this folder.
import Anthropic from '@anthropic-ai/sdk';
import type { SettingsInput } from '../../../main/contract/schemas/settings.ts';
import { exampleEndpoint } from '../../fakes/ondemand/exampleEndpoint.ts';
import {
  createOndemandEmulator,
  type OndemandEmulator,
  type OndemandEmulatorOptions,
} from '../../fakes/ondemand/ondemandEmulator.ts';
import { createTestCore, type TestCore, type TestCoreOptions, testClientKey } from '../../fakes/testCore.ts';

export const model = 'gpt-5.6-luna';
export const endpointId = 'predefined-gpt-5.6-luna';

export type Message = { role: 'system' | 'user' | 'assistant'; content: string };
export const user = (content: string): Message => ({ role: 'user', content });

export interface OndemandBench {
  readonly emulator: OndemandEmulator;
  readonly gateway: TestCore;
  /** The text of a whole answer. */
  chat(messages: Message[], more?: object): Promise<string>;
  /** The text of a stream. */
  stream(messages: Message[], more?: object): Promise<string>;
  anthropic(): Anthropic;
  /** Status, headers and body as they came. */
  raw(
    messages: Message[],
    more?: object,
  ): Promise<{
    status: number;
    headers: Headers;
    text: string;
    error: { message: string; code: string | null };
  }>;
  /** Account ids in the order of their queries, as the emulator knows them. */
  queried(): (string | null)[];
  /** Everything forgotten on both sides but the emulator's accounts. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

type EndpointInput = NonNullable<SettingsInput['endpoints']>[number];

export interface BenchOptions {
  readonly emulator?: OndemandEmulatorOptions;
  readonly endpoint?: Partial<EndpointInput>;
  readonly others?: EndpointInput[];
  readonly settings?: SettingsInput;
  readonly core?: Omit<TestCoreOptions, 'settings'>;
}

export async function createBench(options: BenchOptions = {}): Promise<OndemandBench> {
  const emulator = await createOndemandEmulator(options.emulator);
  const endpoint = { ...exampleEndpoint(emulator), ...options.endpoint };
  const gateway = await createTestCore({
    ...options.core,
    settings: { ...options.settings, endpoints: [endpoint, ...(options.others ?? [])] },
  });
  const body = (messages: Message[], more: object, stream: boolean) => ({ model, messages, stream, ...more });

  return {
    emulator,
    gateway,
    async chat(messages, more = {}) {
      const answer = await gateway.openai().chat.completions.create({ model, messages, ...more });
      return ('choices' in answer && answer.choices[0]?.message.content) || '';
    },
    async stream(messages, more = {}) {
      const chunks = await gateway
        .openai()
        .chat.completions.create({ model, messages, stream: true, ...more });
      let text = '';
      for await (const chunk of chunks) text += chunk.choices[0]?.delta?.content ?? '';
      return text;
    },
    anthropic: () => new Anthropic({ apiKey: testClientKey, baseURL: gateway.origin, maxRetries: 0 }),
    async raw(messages, more = {}) {
      const response = await gateway.post('/v1/chat/completions', body(messages, more, false));
      const text = await response.text();
      const { status, headers } = response;
      return {
        status,
        headers,
        text,
        error: status < 400 ? { message: '', code: null } : JSON.parse(text).error,
      };
    },
    queried: () => emulator.journal.of({ route: 'query' }).map(({ account }) => account),
    async reset() {
      emulator.reset();
      for (const { id } of endpoint.accounts ?? [])
        await gateway.control.accounts.clear({ id: 'ondemand', accountId: id as string });
    },
    async close() {
      await gateway.close();
      await emulator.close();
    },
  };
}
