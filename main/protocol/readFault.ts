import type { DialectError } from './dialectError.ts';
import { errorMessageOf } from './errorMessage.ts';

/** Wordings of OpenAI, Anthropic, Gemini and whoever speaks like them. */
const overflow = new RegExp(
  [
    'context[_ ](?:length|window)',
    'prompt is too long',
    'maximum context',
    'input is too long',
    'too many (?:input )?tokens',
    'exceeds? the (?:maximum|model)[^.]{0,40}tokens',
    '(?:input|prompt) token count[^.]{0,40}exceeds',
    // llama.cpp, Moonshot, Anthropic
    'exceed(?:s|ed)? (?:the )?(?:available |model )?(?:context size|token limit|context limit)',
    // xAI, Zhipu, DashScope, SiliconFlow, Volcengine
    'maximum prompt length',
    'prompt exceeds max(?:imum)? length',
    'range of input length should be',
    'length of prompt_tokens',
    'exceed max message tokens',
    // Groq
    'reduce the length of (?:the|your) (?:messages|prompt|input)',
  ].join('|'),
  'i',
);

/** The prompt is longer than the model can take, in any upstream's words. */
export const saysTooLong = (message: string): boolean => overflow.test(message);

function codeOf(body: Buffer): string | null {
  try {
    const { error } = JSON.parse(body.toString('utf8')) as { error?: { code?: unknown } };
    return typeof error?.code === 'string' ? error.code : null;
  } catch {
    return null;
  }
}

const typeByStatus: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  403: 'permission_error',
  429: 'rate_limit_error',
};

/**
 * What an upstream's error body of any dialect says, for a client of another. A prompt that is too long has OpenAI's code
 * `context_length_exceeded` whatever the upstream calls it: clients shorten their history by it (clients.md section 3).
 */
export function readFault(body: Buffer, status: number): DialectError {
  const message = errorMessageOf(body, status);
  const tooLong = (status === 400 || status === 413 || status === 422) && saysTooLong(message);
  return {
    status,
    message,
    type: typeByStatus[status] ?? (status >= 500 ? 'server_error' : 'invalid_request_error'),
    code: tooLong ? 'context_length_exceeded' : codeOf(body),
    param: null,
    retryAfterMs: null,
  };
}
