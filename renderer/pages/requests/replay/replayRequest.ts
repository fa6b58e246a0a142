import type { RequestRecord } from '../../../../main/contract/schemas/record.ts';
import type { TrialOperation } from '../../../../main/contract/schemas/trial.ts';
import type { DraftRequest } from './draftRequest.ts';

const conversations: Readonly<Record<string, TrialOperation>> = {
  'chat/completions': 'chat',
  responses: 'responses',
  messages: 'messages',
  generateContent: 'gemini',
};

/** The dialect in which a record's request can be sent again from the window; null for what is no conversation. */
export function trialOperationOf(record: Pick<RequestRecord, 'operation'>): TrialOperation | null {
  return conversations[record.operation] ?? null;
}

/** The draft as the window sends it: with what stands in Gemini's paths. */
export function trialBodyOf(
  { operation, clientModel, stream }: Pick<RequestRecord, 'operation' | 'clientModel' | 'stream'>,
  { body }: DraftRequest,
): Record<string, unknown> {
  if (operation !== 'generateContent') return body;
  return { model: clientModel, ...(stream ? { stream: true } : {}), ...body };
}

export type ParsedBody = { body: Record<string, unknown> } | { problem: string };

/** What stands in the editor; `problem` in the words of the JSON reader, empty where it is JSON but no object. */
export function parseBody(text: string): ParsedBody {
  try {
    const value = JSON.parse(text) as unknown;
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { body: value as Record<string, unknown> };
    return { problem: '' };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
