// Tools whose schema Anthropic's models know by heart, but which the client runs: other models need but to be shown it.
import type { FunctionTool, JsonObject } from '../hub/turn.ts';

const text = { type: 'string' } as const;
const path = { type: 'string', description: 'Absolute path of the file or directory.' } as const;
const range = {
  type: 'array',
  items: { type: 'integer' },
  description: 'For view: the first and the last line to show, counted from 1; -1 as the last = to the end.',
} as const;

type Known = Pick<FunctionTool, 'description' | 'schema'>;

const object = (properties: JsonObject, required: readonly string[]): JsonObject => ({
  type: 'object',
  properties,
  required,
});

const bash: Known = {
  description:
    'Runs a command in a bash shell that stays open between calls, and returns what it printed. Give `restart` alone to begin with a new shell.',
  schema: object({ command: text, restart: { type: 'boolean' } }, []),
};

/** What the editor and the memory have in common; older editors take the text to insert as `new_str`. */
const editing = (commands: readonly string[], inserted: string): JsonObject => ({
  command: { type: 'string', enum: commands },
  path,
  view_range: range,
  file_text: { ...text, description: 'For create: the whole text of the file.' },
  old_str: {
    ...text,
    description: 'For str_replace: the text to replace, which must stand there exactly once.',
  },
  new_str: { ...text, description: 'For str_replace: what stands there then.' },
  insert_line: {
    type: 'integer',
    description: 'For insert: the line behind which to insert; 0 = at the beginning.',
  },
  [inserted]: { ...text, description: 'The new text.' },
});

const viewAndEdit = ['view', 'create', 'str_replace', 'insert'] as const;

function editor(date: string): Known {
  const commands = date < '20250429' ? [...viewAndEdit, 'undo_edit'] : viewAndEdit;
  return {
    description: 'Shows, creates and edits text files.',
    schema: object(editing(commands, date < '20250728' ? 'new_str' : 'insert_text'), ['command', 'path']),
  };
}

const memory: Known = {
  description:
    'Keeps notes in files below /memories, which are still there in later conversations. Look there before you begin, and note what is worth knowing again.',
  schema: object(
    {
      ...editing([...viewAndEdit, 'delete', 'rename'], 'insert_text'),
      old_path: { ...text, description: 'For rename.' },
      new_path: { ...text, description: 'For rename.' },
    },
    ['command'],
  ),
};

/** What a tool of this type takes, `bash_20250124` and the like; null for types that Anthropic runs itself. */
export function clientTool(type: string): Known | null {
  const [, name, date = ''] = /^(bash|text_editor|memory)_(\d{8})$/.exec(type) ?? [];
  switch (name) {
    case 'bash':
      return bash;
    case 'text_editor':
      return editor(date);
    case 'memory':
      return memory;
    default:
      return null;
  }
}
