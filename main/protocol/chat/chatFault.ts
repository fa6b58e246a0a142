// An error in the place of a completion or of one of its chunks, in the shapes that servers are known to give it.
import { type Fields, isFields } from '../hub/reader.ts';
import { chatErrorMessage } from './chatError.ts';

export interface ChatFault {
  readonly message: string;
  readonly code: string | null;
}

function codeOf(fields: unknown): string | null {
  const code = isFields(fields) ? fields.code : null;
  return typeof code === 'string' || typeof code === 'number' ? String(code) : null;
}

const faultOf = (error: unknown): ChatFault => ({ message: chatErrorMessage(error), code: codeOf(error) });

/** Null where it is none. `choice`: the choice that is read, where there is one. */
export function findChatFault(chunk: Fields, choice: Fields | null): ChatFault | null {
  if (chunk.error) return faultOf(chunk.error);
  // OpenRouter: one choice failed.
  if (choice?.error) return faultOf(choice.error);
  if (choice?.finish_reason === 'error')
    return { message: 'the upstream failed in the middle of its answer', code: null };
  if (choice) return null;
  // MiniMax answers status 200 with its own status within.
  const base = isFields(chunk.base_resp) ? chunk.base_resp : null;
  if (typeof base?.status_code === 'number' && base.status_code !== 0)
    return { message: String(base.status_msg ?? 'the upstream failed'), code: String(base.status_code) };
  // vLLM {"object":"error","message"}, DashScope {"code","message"}.
  const says = typeof chunk.message === 'string' && chunk.message !== '';
  const marked = chunk.object === 'error' || chunk.type === 'error' || codeOf(chunk) !== null;
  return says && marked ? faultOf(chunk) : null;
}
