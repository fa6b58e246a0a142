// Just enough of TOML for the few texts that providers of Codex hold: tables and `key = "text"`.
const text = /^("(?:[^"\\]|\\.)*"|'[^']*')\s*(?:#.*)?$/;

function textIn(value: string): string | null {
  const quoted = text.exec(value.trim())?.[1];
  if (quoted === undefined) return null;
  if (quoted.startsWith("'")) return quoted.slice(1, -1);
  try {
    return String(JSON.parse(quoted));
  } catch {
    return null;
  }
}

const bareKey = (key: string): string => key.trim().replace(/^["'](.*)["']$/, '$1');

/** Every text by its table's name (empty above the first) and its own. Other values and nested lists are passed over. */
export function tomlTexts(toml: string): Map<string, Map<string, string>> {
  const tables = new Map<string, Map<string, string>>();
  let table = '';
  for (const line of toml.split(/\r?\n/)) {
    const header = /^\s*\[([^[\]]+)\]\s*(?:#.*)?$/.exec(line)?.[1];
    if (header !== undefined) {
      table = header
        .split(/\.(?=(?:[^"]*"[^"]*")*[^"]*$)/)
        .map(bareKey)
        .join('.');
      continue;
    }
    const [, key, value] = /^\s*([\w-]+|"[^"]+")\s*=\s*(.+)$/.exec(line) ?? [];
    const read = value === undefined ? null : textIn(value);
    if (key === undefined || read === null) continue;
    const held = tables.get(table) ?? new Map<string, string>();
    tables.set(table, held.set(bareKey(key), read));
  }
  return tables;
}
