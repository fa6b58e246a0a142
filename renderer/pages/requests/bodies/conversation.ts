// Reads a kept body as people read a conversation, whatever dialect it is in. It takes what it knows and leaves the rest to the raw view.
import { leftOutPattern } from '../../../../main/contract/keptBodies.ts';

export type Piece =
  | { kind: 'text' | 'reasoning' | 'refusal' | 'error'; text: string }
  | { kind: 'call' | 'result'; name: string; text: string }
  /** An image, sound or file: what it is, and where it is or how large it was. */
  | { kind: 'media'; mediaType: string; detail: string };

export type Role = 'system' | 'user' | 'assistant' | 'tool';

export interface Said {
  role: Role;
  pieces: Piece[];
}

type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const written = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value ?? {});

const roles: Readonly<Record<string, Role>> = {
  system: 'system',
  developer: 'system',
  assistant: 'assistant',
  model: 'assistant',
  tool: 'tool',
  function: 'tool',
};
const roleOf = (value: unknown): Role => roles[textOf(value)] ?? 'user';

/** Where a part keeps its image or file, in any of the dialects. */
function mediaOf(part: Fields): Piece | null {
  const holder = [
    part.image_url,
    part.input_audio,
    part.file,
    part.source,
    part.inlineData,
    part.inline_data,
    part.fileData,
    part.file_data,
    part.file_url,
  ].find((value) => value !== undefined);
  if (holder === undefined) return null;
  const fields = isFields(holder) ? holder : {};
  const place = [holder, fields.url, fields.data, fields.fileUri, fields.file_uri, fields.file_data]
    .map(textOf)
    .find((text) => text !== '');
  const leftOut = leftOutPattern.exec(place ?? '');
  const named = textOf(fields.media_type) || textOf(fields.mimeType) || textOf(fields.mime_type);
  const mediaType = named || leftOut?.[1] || textOf(fields.format) || textOf(part.type) || 'file';
  const isPlace = place !== undefined && /^(https?|gs|file):/.test(place);
  return { kind: 'media', mediaType, detail: leftOut?.[2] ?? (isPlace ? place : '') };
}

function callOf(part: Fields): Piece | null {
  const call = [part.functionCall, part.function_call, part.function].find(isFields);
  if (call) return { kind: 'call', name: textOf(call.name), text: written(call.arguments ?? call.args) };
  if (!/^(tool_use|server_tool_use|function_call|custom_tool_call)$/.test(textOf(part.type))) return null;
  return { kind: 'call', name: textOf(part.name), text: written(part.arguments ?? part.input) };
}

function resultOf(part: Fields): Piece | null {
  const response = [part.functionResponse, part.function_response].find(isFields);
  if (response) return { kind: 'result', name: textOf(response.name), text: written(response.response) };
  if (!/^(tool_result|function_call_output|custom_tool_call_output)$/.test(textOf(part.type))) return null;
  const inner = part.content ?? part.output;
  const text = piecesOf(inner)
    .map((piece) => ('text' in piece ? piece.text : piece.mediaType))
    .join('\n');
  return { kind: 'result', name: '', text: text || written(inner ?? '') };
}

function pieceOf(part: Fields): Piece[] {
  const known = resultOf(part) ?? callOf(part) ?? mediaOf(part);
  if (known) return [known];
  const type = textOf(part.type);
  if (type === 'thinking') return [{ kind: 'reasoning', text: textOf(part.thinking) }];
  if (type === 'reasoning')
    return piecesOf(part.summary ?? part.content).map((piece) => ({ ...piece, kind: 'reasoning' }) as Piece);
  if (type === 'refusal') return [{ kind: 'refusal', text: textOf(part.refusal) }];
  const text = textOf(part.text);
  return text === '' ? [] : [{ kind: part.thought === true ? 'reasoning' : 'text', text }];
}

/** Text, a list of parts, or one part. */
export function piecesOf(content: unknown): Piece[] {
  if (typeof content === 'string') return content === '' ? [] : [{ kind: 'text', text: content }];
  if (Array.isArray(content)) return content.flatMap(piecesOf);
  return isFields(content) ? pieceOf(content) : [];
}

/** A message of any dialect; items that are no messages (calls and their results in `responses`) stand for themselves. */
export function saidIn(message: Fields): Said {
  const content = message.content ?? message.parts;
  if (content === undefined && message.tool_calls === undefined) {
    const pieces = pieceOf(message);
    const isResult = pieces.some(({ kind }) => kind === 'result');
    return {
      role: isResult ? 'tool' : message.role === undefined ? 'assistant' : roleOf(message.role),
      pieces,
    };
  }
  const thoughts = textOf(message.reasoning_content) || textOf(message.reasoning);
  const pieces: Piece[] = thoughts === '' ? [] : [{ kind: 'reasoning', text: thoughts }];
  const role = roleOf(message.role);
  if (role === 'tool')
    pieces.push({ kind: 'result', name: textOf(message.name), text: written(content ?? '') });
  else pieces.push(...piecesOf(content));
  if (textOf(message.refusal) !== '') pieces.push({ kind: 'refusal', text: textOf(message.refusal) });
  pieces.push(...listOf(message.tool_calls).flatMap(piecesOf));
  const onlyResults = pieces.length > 0 && pieces.every(({ kind }) => kind === 'result');
  return { role: onlyResults ? 'tool' : role, pieces };
}

/** What a client asked, or null where the body is no conversation. */
export function readRequest(body: unknown): Said[] | null {
  if (!isFields(body)) return null;
  const turns = body.messages ?? body.contents ?? body.input;
  if (turns === undefined) return null;
  const told = body.system ?? body.instructions ?? body.systemInstruction ?? body.system_instruction;
  const system = isFields(told) ? piecesOf(told.parts) : piecesOf(told);
  const said: Said[] = system.length > 0 ? [{ role: 'system', pieces: system }] : [];
  if (typeof turns === 'string') said.push({ role: 'user', pieces: piecesOf(turns) });
  else said.push(...listOf(turns).filter(isFields).map(saidIn));
  return said.filter(({ pieces }) => pieces.length > 0);
}

/** What was answered, in one document; empty where nothing of it is known. */
export function readAnswer(body: unknown): Piece[] {
  // Gemini's stream without events is one list of chunks.
  if (Array.isArray(body)) return joined(body.flatMap(readAnswer));
  if (!isFields(body)) return [];
  const { error } = body;
  if (isFields(error) || typeof error === 'string')
    return [{ kind: 'error', text: textOf(error) || textOf((error as Fields).message) || written(error) }];
  const [choice] = listOf(body.choices);
  if (isFields(choice))
    return isFields(choice.message) ? saidIn(choice.message).pieces : piecesOf(choice.text);
  const [candidate] = listOf(body.candidates);
  if (isFields(candidate)) return isFields(candidate.content) ? piecesOf(candidate.content.parts) : [];
  if (Array.isArray(body.output)) return body.output.filter(isFields).flatMap((item) => saidIn(item).pieces);
  return body.role === 'assistant' ? piecesOf(body.content) : [];
}

/** Neighbours of one kind as one. */
export function joined(pieces: readonly Piece[]): Piece[] {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (last && last.kind === piece.kind && (piece.kind === 'text' || piece.kind === 'reasoning'))
      result[result.length - 1] = { kind: piece.kind, text: (last as typeof piece).text + piece.text };
    else result.push(piece);
  }
  return result;
}
