// The shapes that are sent to OpenAI-compatible servers, as far as we write them.

export type ChatPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image_url'; readonly image_url: { readonly url: string; readonly detail?: string } }
  /** No part of OpenAI's: Qwen, GLM, OpenRouter and vLLM take it. */
  | { readonly type: 'video_url'; readonly video_url: { readonly url: string } }
  | { readonly type: 'input_audio'; readonly input_audio: { readonly data: string; readonly format: string } }
  | {
      readonly type: 'file';
      readonly file: { readonly filename?: string; readonly file_data?: string; readonly file_id?: string };
    };

export type ChatContent = string | readonly ChatPart[];

/** `extra_content` is Gemini's: its proof of the call, in its own OpenAI surface and in the Vercel AI SDK. */
export interface ChatExtraContent {
  readonly extra_content?: { readonly google: { readonly thought_signature: string } };
}

export interface ChatCall extends ChatExtraContent {
  readonly id: string;
  readonly type: 'function';
  readonly function: { readonly name: string; readonly arguments: string };
}

export interface ChatMessage {
  readonly role: 'system' | 'developer' | 'user' | 'assistant' | 'tool';
  /** Null only beside tool calls. */
  readonly content: ChatContent | null;
  readonly name?: string;
  readonly refusal?: string;
  readonly reasoning_content?: string;
  readonly tool_calls?: readonly ChatCall[];
  readonly tool_call_id?: string;
}
