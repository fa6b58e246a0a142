// Finds in a request's body what a model will read, so that it can be counted. It judges nothing: a body of any shape has some text, or none.

/** What a body holds: text to count, and tokens that are counted otherwise. */
export interface Prompt {
  text: string;
  flatTokens: number;
}

/** Tokens that wrap each message, and that begin the answer, in OpenAI's chat format. */
const perMessage = 3;
const perReply = 3;
/** An image of usual size in high detail (OpenAI: 85 and four tiles of 170), and one in low detail. */
const perImage = 765;
const perSmallImage = 85;
/** A spoken sentence or two, and a page or two of a document: their real size shows only after decoding. */
const perAudio = 300;
const perFile = 1500;

/** Bodies may be nested as deeply as JSON allows; prompts are not. */
const deepest = 24;

/** Members whose strings are read by the model, wherever in a message they stand. */
const textMembers = new Set([
  'content',
  'text',
  'name',
  'arguments',
  'output',
  'refusal',
  'reasoning',
  'reasoning_content',
  'thinking',
  'summary',
  'title',
  'prompt',
  'input',
  'instructions',
  'system',
  'query',
  'documents',
  'suffix',
]);

/** Members of a body that are read as messages are, and those that are shown to the model as JSON. */
const bodyMembers = [
  'system',
  'systemInstruction',
  'system_instruction',
  'instructions',
  'messages',
  'contents',
  'input',
  'prompt',
  'suffix',
  'query',
  'documents',
];
const jsonMembers = ['tools', 'functions', 'response_format'];

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function flatTokensOfMedia(mediaType: string): number {
  if (mediaType.startsWith('image/')) return perImage;
  return mediaType.startsWith('audio/') ? perAudio : perFile;
}

/** Flat tokens of a part that is no text, or null where it is one. */
function flatTokensOf(part: Fields): number | null {
  const type = typeof part.type === 'string' ? part.type : '';
  if (/^(input_)?image(_url)?$/.test(type)) {
    const url = isFields(part.image_url) ? part.image_url : part;
    return url.detail === 'low' ? perSmallImage : perImage;
  }
  // Gemini's parts have no type.
  const { inlineData, fileData } = part;
  const data = isFields(inlineData) ? inlineData : isFields(fileData) ? fileData : null;
  if (data) return flatTokensOfMedia(String(data.mimeType ?? ''));
  if (type === 'input_audio') return perAudio;
  if (/^(input_)?(file|document)$/.test(type)) return perFile;
  return null;
}

function jsonOf(value: unknown): string {
  try {
    return value === undefined || value === null ? '' : JSON.stringify(value);
  } catch {
    return '';
  }
}

function readPrompt(body: unknown): Prompt {
  const texts: string[] = [];
  let flatTokens = 0;

  function read(value: unknown, depth: number): void {
    if (typeof value === 'string') {
      if (value !== '') texts.push(value);
    } else if (typeof value === 'number') {
      // Embeddings and completions take tokens as well as text.
      flatTokens += 1;
    } else if (depth >= deepest) {
      return;
    } else if (Array.isArray(value)) {
      for (const item of value) read(item, depth + 1);
    } else if (isFields(value)) {
      readFields(value, depth);
    }
  }

  function readFields(fields: Fields, depth: number): void {
    const flat = flatTokensOf(fields);
    if (flat !== null) {
      flatTokens += flat;
      return;
    }
    if (typeof fields.role === 'string') flatTokens += perMessage;
    for (const [name, value] of Object.entries(fields)) {
      // An Anthropic tool call has its arguments as an object.
      if (fields.type === 'tool_use' && name === 'input') texts.push(jsonOf(value));
      // And so has one of Gemini's; its results are objects too.
      else if (name === 'args' || name === 'response') texts.push(jsonOf(value));
      else if (typeof value === 'number') continue;
      else if (textMembers.has(name) || (typeof value === 'object' && value !== null)) read(value, depth + 1);
    }
  }

  if (isFields(body)) {
    for (const name of bodyMembers) read(body[name], 0);
    for (const name of jsonMembers) texts.push(jsonOf(body[name]));
    if (Array.isArray(body.messages) || Array.isArray(body.input)) flatTokens += perReply;
  }
  return { text: texts.filter((text) => text !== '').join('\n'), flatTokens };
}

/** All text of a request's body that the model reads: messages, tools, prompts. Images and the like are left to `flatTokensOfPrompt`. */
export function promptTextOf(body: unknown): string {
  return readPrompt(body).text;
}

/** Tokens of a request's body that no text shows: 3 a message, 765 an image (85 in low detail), 1 for each token sent as a number. */
export function flatTokensOfPrompt(body: unknown): number {
  return readPrompt(body).flatTokens;
}
