import type { EndpointInput } from './bench.ts';
import type { DialectName } from './clients/client.ts';

export interface Kind {
  /** As the matrix calls it. */
  readonly title: string;
  readonly id: string;
  readonly endpoint: Pick<EndpointInput, 'kind' | 'options'>;
  /** Where it stands under the fake's origin. */
  readonly base: string;
  /** The upstream's name for its model. */
  readonly model: string;
  /** Dialects it takes as they are. */
  readonly native: readonly DialectName[];
  /**
   * What the service does not have: `maxTokens`, a limit of the answer's length; `whole`, answers that are no streams;
   * `thoughtCounts`, a count of the tokens it thought with. It may think unasked.
   */
  readonly lacks?: readonly ('maxTokens' | 'whole' | 'thoughtCounts')[];
}

/** Every way an endpoint can be spoken to. */
export const kinds: readonly Kind[] = [
  {
    title: 'openai',
    id: 'openai',
    endpoint: { kind: 'openai' },
    base: '/v1',
    model: 'deep-reasoner',
    native: ['chat'],
  },
  {
    title: 'openai (responses)',
    id: 'openai-responses',
    endpoint: { kind: 'openai', options: { api: 'responses' } },
    base: '/v1',
    model: 'gpt-5-mini',
    native: ['responses'],
  },
  {
    title: 'azure',
    id: 'azure',
    endpoint: { kind: 'azure' },
    base: '',
    model: 'gpt-5-mini',
    native: ['chat', 'responses'],
  },
  {
    title: 'azure (dated)',
    id: 'azure-dated',
    endpoint: { kind: 'azure', options: { apiVersion: '2024-10-21' } },
    base: '',
    model: 'o4-mini',
    native: ['chat'],
  },
  {
    title: 'anthropic',
    id: 'anthropic',
    endpoint: { kind: 'anthropic' },
    base: '',
    model: 'claude-sonnet-4-5',
    native: ['messages'],
  },
  {
    title: 'gemini',
    id: 'gemini',
    endpoint: { kind: 'gemini' },
    base: '',
    model: 'gemini-3-pro-preview',
    native: ['gemini'],
  },
  {
    title: 'ondemand',
    id: 'ondemand',
    endpoint: { kind: 'ondemand', options: { promptTools: true } },
    base: '',
    model: 'predefined-kimi-k3',
    native: [],
    lacks: ['maxTokens', 'whole', 'thoughtCounts'],
  },
];
