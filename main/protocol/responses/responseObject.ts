import type { DialectError } from '../dialectError.ts';
import type { JsonObject } from '../hub/turn.ts';
import type { FinishReason, Usage } from '../hub/turnResult.ts';
import { responsesUsage } from './responsesUsage.ts';

/** What makes a response this one. */
export interface ResponseFacts {
  readonly requestId: string;
  readonly model: string;
  /** Unix seconds. */
  readonly created: number;
  /** The client's own body: a response repeats most of it. */
  readonly body: JsonObject;
}

export type ResponseState =
  | { readonly status: 'in_progress' }
  | { readonly status: 'ended'; readonly finish: FinishReason; readonly usage: Usage }
  | {
      readonly status: 'failed';
      readonly error: Pick<DialectError, 'code' | 'message'>;
      readonly usage: Usage | null;
    };

const incomplete: Partial<Record<FinishReason, string>> = {
  length: 'max_output_tokens',
  contentFilter: 'content_filter',
};

/** Codex takes some codes for final and asks again after any other (clients.md section 3). */
export const failureOf = ({
  code,
  message,
}: Pick<DialectError, 'code' | 'message'>): Record<string, unknown> => ({
  code: code ?? 'server_error',
  message,
});

function ending(state: ResponseState): Record<string, unknown> {
  const none = { error: null, incomplete_details: null, usage: null };
  switch (state.status) {
    case 'in_progress':
      return { status: 'in_progress', ...none };
    case 'failed':
      return {
        status: 'failed',
        ...none,
        error: failureOf(state.error),
        usage: state.usage && responsesUsage(state.usage),
      };
    case 'ended': {
      const reason = incomplete[state.finish];
      return {
        status: reason === undefined ? 'completed' : 'incomplete',
        error: null,
        incomplete_details: reason === undefined ? null : { reason },
        usage: responsesUsage(state.usage),
      };
    }
  }
}

/** The id under which a request's response is known. */
export const responseId = (requestId: string): string => `resp_${requestId}`;

/** Everything that openai's `Response` requires; fields the client left out have OpenAI's defaults. */
export function responseObject(
  { requestId, model, created, body }: ResponseFacts,
  state: ResponseState,
  output: readonly unknown[],
): Record<string, unknown> {
  const { status, ...rest } = ending(state);
  return {
    id: responseId(requestId),
    object: 'response',
    created_at: created,
    status,
    background: false,
    ...rest,
    access_programs: null,
    instructions: body.instructions ?? null,
    max_output_tokens: body.max_output_tokens ?? null,
    max_tool_calls: body.max_tool_calls ?? null,
    metadata: body.metadata ?? {},
    model,
    output,
    parallel_tool_calls: body.parallel_tool_calls ?? true,
    previous_response_id: null,
    prompt_cache_key: body.prompt_cache_key ?? null,
    reasoning: body.reasoning ?? { effort: null, summary: null },
    safety_identifier: body.safety_identifier ?? null,
    service_tier: body.service_tier ?? 'default',
    store: false,
    temperature: body.temperature ?? 1,
    text: body.text ?? { format: { type: 'text' } },
    tool_choice: body.tool_choice ?? 'auto',
    tools: body.tools ?? [],
    top_logprobs: body.top_logprobs ?? 0,
    top_p: body.top_p ?? 1,
    truncation: body.truncation ?? 'disabled',
    user: body.user ?? null,
  };
}
