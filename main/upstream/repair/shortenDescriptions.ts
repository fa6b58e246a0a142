// Descriptions of tools that an upstream finds too long (OpenAI's GPT-4 and Azure take 1,024 characters) are cut, and told whole
// above the conversation: what a model may do stands in them.
import type { WireName } from '../../protocol/dialect.ts';
import { type Fields, isFields } from '../../protocol/hub/reader.ts';
import type { BodyDraft } from './bodyDraft.ts';

const more = ' … (All of it stands in the system prompt, under the tool’s name.)';

function cut(text: string, most: number): string {
  const head = text.slice(0, Math.max(0, most - more.length));
  // Half a pair of surrogates is no text.
  return (head.isWellFormed() ? head : head.slice(0, -1)) + more;
}

/** Chat puts a tool's description one level deeper. */
const holderOf = (tool: Fields): Fields => (isFields(tool.function) ? tool.function : tool);

function tellAbove(draft: BodyDraft, dialect: WireName, words: string): void {
  if (dialect === 'responses') {
    const instructions = draft.read('instructions');
    draft.set('instructions', typeof instructions === 'string' ? `${instructions}\n\n${words}` : words);
    return;
  }
  const messages = draft.read('messages');
  if (!Array.isArray(messages)) return;
  const end = messages.findIndex(
    (message) => !isFields(message) || !/^(?:system|developer)$/.test(String(message.role)),
  );
  const at = end < 0 ? messages.length : end;
  draft.set('messages', messages.toSpliced(at, 0, { role: 'system', content: words }));
}

export function shortenDescriptions(draft: BodyDraft, dialect: WireName, most: number): void {
  const tools = draft.read('tools');
  if (!Array.isArray(tools)) return;
  const whole: string[] = [];
  const short = tools.map((tool: unknown) => {
    if (!isFields(tool)) return tool;
    const { name, description } = holderOf(tool);
    if (typeof description !== 'string' || description.length <= most) return tool;
    whole.push(`About the tool "${String(name)}":\n${description}`);
    const shown = { ...holderOf(tool), description: cut(description, most) };
    return isFields(tool.function) ? { ...tool, function: shown } : shown;
  });
  if (whole.length === 0) return;
  draft.set('tools', short);
  tellAbove(draft, dialect, whole.join('\n\n'));
  draft.note('shortened descriptions of tools');
}
