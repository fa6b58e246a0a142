// Messages of the hub -> `contents` and `systemInstruction`: two roles that take turns, the user first.
import { CannotHoldError } from '../hub/hubErrors.ts';
import { isFields } from '../hub/reader.ts';
import { toolNames } from '../hub/toolNames.ts';
import type {
  MediaPart,
  Message,
  Part,
  Signature,
  TextPart,
  ToolCallPart,
  ToolResultPart,
  Turn,
} from '../hub/turn.ts';
import { writeMedia } from './geminiMedia.ts';
import type { GeminiModel } from './geminiModel.ts';
import { noSignature } from './geminiSignature.ts';

export type GeminiPart = Record<string, unknown>;

export interface GeminiContent {
  readonly role: 'user' | 'model';
  readonly parts: readonly GeminiPart[];
}

export interface EncodedContents {
  readonly systemInstruction: { readonly parts: readonly GeminiPart[] } | null;
  readonly contents: readonly GeminiContent[];
  readonly repairs: readonly string[];
}

/** Arguments must be an object on the wire; what a model wrote need not be one. */
export function readArguments(text: string): Record<string, unknown> {
  if (text.trim() === '') return {};
  try {
    const value = JSON.parse(text) as unknown;
    return isFields(value) ? { ...value } : { input: value };
  } catch {
    return { input: text };
  }
}

function own(signature: Signature | undefined): string | null {
  return signature?.family === 'gemini' ? signature.value : null;
}

const signed = (part: GeminiPart, signature: string | null): GeminiPart =>
  signature === null ? part : { ...part, thoughtSignature: signature };

function writeCall({ id, name, arguments: text, signature }: ToolCallPart): GeminiPart {
  return signed({ functionCall: { id, name, args: readArguments(text) } }, own(signature));
}

function writeResult(result: ToolResultPart, names: ReadonlyMap<string, string>, model: GeminiModel) {
  const name = names.get(result.callId) ?? result.name;
  if (name === null)
    throw new CannotHoldError(
      `The tool result for "${result.callId.slice(0, 80)}" answers no call in this conversation, and Gemini must know the tool's name: send the assistant message with that call too.`,
      'messages.tool',
    );
  const isText = (part: TextPart | MediaPart): part is TextPart => part.type === 'text';
  const text = result.parts
    .filter(isText)
    .map((part) => part.text)
    .join('\n');
  const media = result.parts
    .filter((part) => !isText(part))
    .map((part) => writeMedia(part as MediaPart, model));
  // From Gemini 3 on a response may hold media; before that it stands beside it.
  const within = media.length > 0 && (model.generation ?? 0) >= 3;
  const functionResponse = {
    id: result.callId,
    name,
    response: result.isError ? { error: text } : { result: text },
    ...(within ? { parts: media } : {}),
  };
  return { part: { functionResponse }, beside: within ? [] : media };
}

function writePart(part: Part, model: GeminiModel): GeminiPart[] {
  switch (part.type) {
    case 'text': {
      const signature = own(part.signature);
      return part.text === '' && signature === null ? [] : [signed({ text: part.text }, signature)];
    }
    case 'refusal':
      return part.text === '' ? [] : [{ text: part.text }];
    case 'media':
      return [writeMedia(part, model)];
    case 'toolCall':
      return [writeCall(part)];
    case 'reasoning': {
      // What other models thought, or nobody signed, means nothing to this one.
      const signature = own(part.signature);
      return signature === null ? [] : [signed({ text: part.text, thought: true }, signature)];
    }
    case 'toolResult':
      return [];
  }
}

/** Results stand together; media that can't stand within them follows. */
function writeParts(message: Message, names: ReadonlyMap<string, string>, model: GeminiModel): GeminiPart[] {
  const written: GeminiPart[] = [];
  let beside: GeminiPart[] = [];
  for (const part of message.parts) {
    if (part.type === 'toolResult') {
      const result = writeResult(part, names, model);
      written.push(result.part);
      beside.push(...result.beside);
      continue;
    }
    written.push(...beside, ...writePart(part, model));
    beside = [];
  }
  return [...written, ...beside];
}

/** Gemini 3 refuses a step whose first call is unsigned, but for this stand-in (ai.google.dev, thought signatures). */
function signFirstCall({ role, parts }: GeminiContent): GeminiContent {
  const first = parts.findIndex((part) => 'functionCall' in part);
  const signedParts = parts.map((part, at) =>
    at === first && !('thoughtSignature' in part) ? { ...part, thoughtSignature: noSignature } : part,
  );
  return { role, parts: signedParts };
}

function systemParts(turn: Turn): GeminiPart[] {
  return turn.messages
    .filter(({ role }) => role === 'system' || role === 'developer')
    .flatMap(({ parts }) => parts)
    .flatMap((part) => {
      if (part.type !== 'text')
        throw new CannotHoldError(
          "Gemini's system instruction holds text only: put images and files into a user message.",
          'messages.system',
        );
      return part.text === '' ? [] : [{ text: part.text }];
    });
}

/** Throws CannotHoldError where a part can't be said to Gemini. */
export function encodeContents(turn: Turn, model: GeminiModel): EncodedContents {
  const names = toolNames(turn);
  const contents: GeminiContent[] = [];
  const repairs: string[] = [];
  const add = (role: GeminiContent['role'], parts: readonly GeminiPart[]) => {
    const last = contents.at(-1);
    if (parts.length === 0) return;
    if (last?.role === role) contents[contents.length - 1] = { role, parts: [...last.parts, ...parts] };
    else contents.push({ role, parts });
  };
  const system = systemParts(turn);
  if (model.gemma && system.length > 0) {
    add('user', system);
    repairs.push('sent system messages as user');
  }
  for (const message of turn.messages) {
    if (message.role === 'system' || message.role === 'developer') continue;
    const role = message.role === 'assistant' ? 'model' : 'user';
    if (role === 'model' && contents.length === 0) {
      add('user', [{ text: '(The conversation begins with the assistant.)' }]);
      repairs.push('put a user message first');
    }
    add(role, writeParts(message, names, model));
  }
  const alone = contents.length === 0 && system.length > 0;
  if (alone) {
    add('user', system);
    repairs.push('sent system messages as user');
  }
  if (contents.length === 0)
    throw new CannotHoldError('There is nothing in the messages to answer: send some text.');
  const strict = (model.generation ?? 0) >= 3;
  return {
    systemInstruction: system.length > 0 && !model.gemma && !alone ? { parts: system } : null,
    contents: strict ? contents.map(signFirstCall) : contents,
    repairs,
  };
}
