// What Anthropic's API refuses, as far as it can be told from a request alone.
interface Block {
  type: string;
  text?: string;
  id?: string;
  tool_use_id?: string;
  cache_control?: { ttl?: string };
}

interface Body {
  model: string;
  max_tokens: number;
  system?: Block[];
  messages: { role: string; content: Block[] }[];
  tools?: { name: string; input_schema: Record<string, unknown>; cache_control?: { ttl?: string } }[];
  tool_choice?: { type: string };
  thinking?: { type: string; budget_tokens?: number };
  temperature?: number;
  top_p?: number;
  top_k?: number;
  stop_sequences?: string[];
}

const isThinking = ({ type }: Block): boolean => type.endsWith('thinking');

function* brokenMessages({ messages, thinking }: Body): Generator<string> {
  if (messages[0]?.role !== 'user') yield 'the first message is not the user’s';
  const seen = new Set<string>();
  for (const [index, { role, content }] of messages.entries()) {
    const before = messages[index - 1];
    if (role === before?.role) yield `messages ${index - 1} and ${index} have one role`;
    if (content.length === 0) yield `message ${index} is empty`;
    if (role === 'assistant' && content.at(-1) && isThinking(content.at(-1)!))
      yield `message ${index} ends with thinking`;
    for (const block of content) {
      if (block.type === 'text' && (block.text ?? '').trim() === '')
        yield `message ${index} holds a blank text`;
      if (block.type !== 'tool_use') continue;
      if (!/^[a-zA-Z0-9_-]{1,64}$/.test(block.id ?? '')) yield `the id ${block.id} is not allowed`;
      if (seen.has(block.id ?? '')) yield `the id ${block.id} is not unique`;
      seen.add(block.id ?? '');
    }
    const calls = (before?.content ?? []).flatMap(({ type, id }) => (type === 'tool_use' ? [id] : []));
    const results = content.flatMap(({ type, tool_use_id }) => (type === 'tool_result' ? [tool_use_id] : []));
    if (role === 'user' && JSON.stringify(calls.toSorted()) !== JSON.stringify(results.toSorted()))
      yield `message ${index} answers ${results.join()} where ${calls.join()} was called`;
    const firstOther = content.findIndex(({ type }) => type !== 'tool_result');
    if (firstOther >= 0 && content.slice(firstOther).some(({ type }) => type === 'tool_result'))
      yield `message ${index} has results behind other blocks`;
  }
  const last = messages.at(-1);
  if (last?.role === 'assistant' && last.content.some(({ type }) => type === 'tool_use'))
    yield 'a call is not answered';
  if (thinking?.type !== 'enabled') return;
  const answer = messages.findLast(({ role }) => role === 'assistant');
  const inLoop = answer?.content.some(({ type }) => type === 'tool_use') || answer === last;
  if (answer && inLoop && !isThinking(answer.content[0]!))
    yield 'the last answer does not begin with thinking';
}

function* brokenMarks({ tools = [], system = [], messages }: Body): Generator<string> {
  const blocks = [...tools, ...system, ...messages.flatMap(({ content }) => content)];
  const marks = blocks.flatMap(({ cache_control: mark }) => (mark ? [mark.ttl ?? '5m'] : []));
  if (marks.length > 4) yield `${marks.length} cache marks`;
  if (marks.lastIndexOf('1h') > marks.indexOf('5m') && marks.includes('5m'))
    yield 'a long mark behind a short one';
}

function* brokenOptions(body: Body): Generator<string> {
  const { thinking, max_tokens, temperature, tool_choice } = body;
  if (!Number.isInteger(max_tokens) || max_tokens < 1) yield `max_tokens ${max_tokens}`;
  if (thinking?.type === 'enabled') {
    const budget = thinking.budget_tokens ?? 0;
    if (budget < 1_024 || budget >= max_tokens) yield `budget ${budget} of ${max_tokens}`;
    if (tool_choice && tool_choice.type !== 'auto' && tool_choice.type !== 'none')
      yield 'forced while thinking';
    if (temperature !== undefined || body.top_k !== undefined) yield 'sampling while thinking';
  }
  if (temperature !== undefined && !(temperature >= 0 && temperature <= 1))
    yield `temperature ${temperature}`;
  if (temperature !== undefined && body.top_p !== undefined) yield 'temperature and top_p';
  if (tool_choice && !body.tools?.length) yield 'a choice without tools';
  if (body.stop_sequences?.some((stop) => stop.trim() === '')) yield 'a blank stop sequence';
  for (const { input_schema: schema } of body.tools ?? [])
    if (schema.type !== 'object' || 'anyOf' in schema || 'oneOf' in schema || 'allOf' in schema)
      yield 'a tool whose input is no plain object';
  if (body.system?.some(({ text = '' }) => text.trim() === '')) yield 'a blank system text';
}

/** Empty where the request would be taken; `body` of a model that takes one of temperature and top_p, and budgets. */
export function violations(body: Readonly<Record<string, unknown>>): string[] {
  const request = JSON.parse(JSON.stringify(body)) as Body;
  return [...brokenMessages(request), ...brokenMarks(request), ...brokenOptions(request)];
}
