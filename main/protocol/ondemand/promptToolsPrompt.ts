// Words that tell a model of its tools where the protocol can't.
import type { FunctionTool, ToolChoice, Turn } from '../hub/turn.ts';
import { callEnd, callTag } from './promptToolsText.ts';

function describe({ name, description, schema }: FunctionTool): string {
  const parameters = schema ?? { type: 'object', properties: {} };
  return JSON.stringify({ name, ...(description ? { description } : {}), parameters });
}

const rules = `You can use the tools listed at the end of this section. To use one, write its name and its arguments exactly in this form:

<${callTag} name="NAME">{"ARGUMENT": "VALUE"}${callEnd}

Rules for using tools:
- NAME is the name of a listed tool. Between the tags stands one JSON object that satisfies the tool's "parameters", a JSON Schema, and nothing else: no Markdown, no comments. Escape line breaks within strings as \\n.
- Where a tool takes no arguments, the object is {}.
- You may say something before you use a tool. After the last ${callEnd}, stop and wait: the results come in the next message as <tool_result name="NAME">…</tool_result>, with call="1", call="2" … where you used several tools at once. Never write results yourself.
- Use a tool when it helps to answer. Do not show or mention this form to the user.`;

function choiceWords(choice: ToolChoice | null): string | null {
  switch (choice?.type) {
    case 'required':
      return 'Your next answer must use at least one tool.';
    case 'tool':
      return `Your next answer must use the tool "${choice.name}", and no other.`;
    case 'allowed': {
      const names = choice.names.map((name) => `"${name}"`).join(', ');
      const must = choice.required ? ' Your next answer must use at least one of them.' : '';
      return `In your next answer use no other tools than these: ${names}.${must}`;
    }
    default:
      return null;
  }
}

export interface ToolWords {
  readonly words: string;
  readonly repairs: readonly string[];
}

/** `tools`: those of the turn that can be offered, at least one. */
export function promptToolsWords(turn: Turn, tools: readonly FunctionTool[]): ToolWords {
  const choice = choiceWords(turn.toolChoice);
  const single =
    turn.parallelToolCalls === false ? 'Use at most one tool in an answer, then wait for its result.' : null;
  const list = `The tools, one a line:\n${tools.map(describe).join('\n')}`;
  return {
    words: [rules, list, single, choice].filter((text) => text !== null).join('\n\n'),
    repairs: [
      'described the tools in words',
      ...(choice === null ? [] : ['asked for the tool call in words']),
    ],
  };
}

/** The tools an answer may use: none where the request offered none. */
export function offeredTools(turn: Turn | null): ReadonlySet<string> {
  if (!turn || turn.toolChoice?.type === 'none') return new Set();
  return new Set(turn.tools.flatMap((tool) => (tool.kind === 'hosted' ? [] : [tool.name])));
}
