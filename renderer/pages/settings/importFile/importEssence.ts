// Of files that hold more than endpoints (conversations, logs, whole databases) only what an import needs leaves the window.

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function opened(text: unknown): Json {
  try {
    const value: unknown = typeof text === 'string' ? JSON.parse(text) : text;
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

/** Cherry Studio's providers, their models by name alone. */
function cherryEssence(storage: Json): string {
  const { llm } = opened(storage['persist:cherry-studio']);
  const { providers } = opened(llm);
  const kept = (Array.isArray(providers) ? providers : []).filter(isObject).map((provider) => ({
    ...provider,
    models: (Array.isArray(provider.models) ? provider.models : [])
      .filter(isObject)
      .map(({ id }) => ({ id })),
  }));
  return JSON.stringify({ llm: { providers: kept } });
}

function* statementsOf(sql: string): Generator<string> {
  let start = 0;
  let at = 0;
  let end = sql.indexOf(';');
  while (end >= 0) {
    const quote = sql.indexOf("'", at);
    if (quote < 0 || quote > end) {
      yield sql.slice(start, end + 1);
      start = at = end + 1;
      end = sql.indexOf(';', at);
      continue;
    }
    // A doubled quote closes one text and opens the next, which comes to the same.
    const closing = sql.indexOf("'", quote + 1);
    if (closing < 0) return;
    at = closing + 1;
    if (end < at) end = sql.indexOf(';', at);
  }
}

/** cc-switch's providers; of other lists only that they are not empty. */
function sqlEssence(sql: string): string {
  const kept = ['-- CC Switch SQLite'];
  for (const statement of statementsOf(sql.replace(/^--.*$/gm, ''))) {
    const bare = statement.trim();
    const table = /^INSERT INTO "?(\w+)"?/i.exec(bare)?.[1] ?? '';
    if (table === 'providers' || /^COMMIT;/i.test(bare)) kept.push(bare);
    else if (['mcp_servers', 'prompts', 'skills'].includes(table))
      kept.push(`INSERT INTO "${table}" ("id") VALUES (1);`);
  }
  return `${kept.join('\n')}\n`;
}

/** The text itself, where it is none of these files. */
export function importEssence(text: string): string {
  if (/^\uFEFF?\s*-- CC Switch SQLite/.test(text)) return sqlEssence(text);
  if (!/^\uFEFF?\s*\{/.test(text)) return text;
  const document = opened(text.replace(/^\uFEFF/, ''));
  if (isObject(document.localStorage)) return cherryEssence(document.localStorage);
  const { kind, config } = document;
  return kind === 'claude-code-router-data-export' ? JSON.stringify({ kind, config }) : text;
}
