// Gathers what a model said from an answer's bytes, so that it can be counted where the upstream reports nothing.
import { splitEvents } from '../base/sseFramer.ts';

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Text is told apart by who said what (choice, channel, tool), for the pieces of each belong together. */
type Say = (channel: string, text: unknown) => void;

/** A string, or parts with text in them. */
function sayContent(say: Say, channel: string, content: unknown): void {
  say(channel, content);
  for (const part of listOf(content)) {
    const { text, thinking, refusal } = fieldsOf(part);
    say(channel, text);
    say(channel, refusal);
    sayContent(say, `${channel}/thinking`, thinking);
  }
}

/** Some servers send the same reasoning under two names. */
function sayReasoning(say: Say, choice: number, message: Fields): void {
  const named = [message.reasoning_content, message.reasoning].find(
    (text) => typeof text === 'string' && text,
  );
  say(`${choice}/reasoning`, named);
  if (named) return;
  for (const detail of listOf(message.reasoning_details)) {
    const { text, summary } = fieldsOf(detail);
    say(`${choice}/reasoning`, text ?? summary);
  }
}

function sayCall(say: Say, channel: string, call: unknown): void {
  const { name, arguments: args, input } = fieldsOf(call);
  say(`${channel}/name`, name);
  say(channel, args ?? input);
}

/** A message, or what a stream adds to one. */
function sayMessage(say: Say, choice: number, message: Fields): void {
  sayContent(say, `${choice}/content`, message.content);
  sayReasoning(say, choice, message);
  say(`${choice}/refusal`, message.refusal);
  sayCall(say, `${choice}/function`, message.function_call);
  listOf(message.tool_calls).forEach((item, position) => {
    const call = fieldsOf(item);
    sayCall(say, `${choice}/tool/${String(call.index ?? position)}`, call.function ?? call.custom);
  });
}

/** Gemini's answers, and the pieces of its streams, which are answers themselves. */
function sayCandidates(say: Say, candidates: unknown): void {
  listOf(candidates).forEach((candidate, position) => {
    const { parts } = fieldsOf(fieldsOf(candidate).content);
    for (const part of listOf(parts)) {
      const { text, thought, functionCall } = fieldsOf(part);
      say(`${position}/${thought === true ? 'thinking' : 'content'}`, text);
      const { name, args } = fieldsOf(functionCall);
      say(`${position}/name`, name);
      if (args !== undefined) say(`${position}/args`, JSON.stringify(args));
    }
  });
}

/** An Anthropic message's blocks. */
function sayBlocks(say: Say, blocks: unknown): void {
  listOf(blocks).forEach((block, position) => {
    const { type, input } = fieldsOf(block);
    sayContent(say, `block/${position}`, [block]);
    if (type === 'tool_use') {
      say(`block/${position}/name`, fieldsOf(block).name);
      say(`block/${position}`, JSON.stringify(input ?? {}));
    }
  });
}

/** One document: a chat or text completion, a piece of their streams, a response, a message, or Gemini's. */
function sayDocument(say: Say, document: unknown): void {
  const { choices, output, candidates, content } = fieldsOf(document);
  sayCandidates(say, candidates);
  sayBlocks(say, content);
  listOf(choices).forEach((item, position) => {
    const choice = fieldsOf(item);
    const index = typeof choice.index === 'number' ? choice.index : position;
    say(`${index}/content`, choice.text);
    sayMessage(say, index, fieldsOf(choice.message ?? choice.delta));
  });
  listOf(output).forEach((item, position) => {
    const { content, summary } = fieldsOf(item);
    sayContent(say, `output/${position}`, content);
    sayContent(say, `output/${position}/summary`, summary);
    sayCall(say, `output/${position}/call`, item);
  });
}

/** An event of a responses stream: only the deltas, for everything is said again when an item and when the whole is done. */
function sayResponseEvent(say: Say, event: Fields): void {
  const { type, item } = event;
  const place = `output/${String(event.output_index)}`;
  if (typeof type !== 'string') return;
  if (type.endsWith('.delta')) say(`${place}/${type}`, event.delta);
  if (type === 'response.output_item.added') say(`${place}/name`, fieldsOf(item).name);
}

/** An event of an Anthropic stream. */
function sayMessageEvent(say: Say, event: Fields): void {
  const place = `block/${String(event.index)}`;
  const { text, thinking, partial_json: json } = fieldsOf(event.delta);
  if (event.type === 'content_block_start') say(`${place}/name`, fieldsOf(event.content_block).name);
  if (event.type !== 'content_block_delta') return;
  say(place, text ?? json);
  say(`${place}/thinking`, thinking);
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return null;
  }
}

/**
 * Everything the model wrote in an answer (text, reasoning, refusals, names and arguments of tool calls), given the body's bytes:
 * one JSON document, or a stream of server-sent events, which may be cut off anywhere. Bytes of another kind hold no text.
 */
export function answerTextOf(bytes: Buffer, stream: boolean): string {
  const channels = new Map<string, string[]>();
  const say: Say = (channel, text) => {
    if (typeof text !== 'string' || text === '') return;
    const said = channels.get(channel);
    if (said) said.push(text);
    else channels.set(channel, [text]);
  };
  if (stream) {
    for (const { data } of splitEvents(bytes)) {
      const event = data === null ? null : parse(data);
      sayDocument(say, event);
      sayResponseEvent(say, fieldsOf(event));
      sayMessageEvent(say, fieldsOf(event));
    }
  } else {
    sayDocument(say, parse(bytes.toString('utf8')));
  }
  return [...channels.values()].map((pieces) => pieces.join('')).join('\n');
}
