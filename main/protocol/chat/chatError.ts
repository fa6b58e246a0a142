import type { GatewayError } from '../../base/gatewayError.ts';

/** OpenAI's error shape; `message` is always a string, as every SDK expects. */
export function openAiErrorBody(error: {
  message: string;
  type: string;
  code: string | null;
  param?: string | null;
}): string {
  const { message, type, code, param = null } = error;
  return JSON.stringify({ error: { message, type, code, param } });
}

/** The same inside a stream that has begun: an error event, and no `[DONE]` after it. */
export function openAiErrorEvent(error: GatewayError): string {
  return `data: ${openAiErrorBody(error)}\n\n`;
}
