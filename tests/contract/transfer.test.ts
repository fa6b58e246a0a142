// Files of other programs, planned and taken over every carrier.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { safe } from '@orpc/client';
import { describe, expect, it } from 'vitest';
import type { ControlClient } from '../../main/control/router.ts';
import { benchForEach } from './benchForEach.ts';
import { carriers } from './carriers.ts';
import type { ControlBench } from './controlBench.ts';

const fixture = (name: string): string =>
  readFileSync(join(import.meta.dirname, '..', 'fixtures', 'transfer', name), 'utf8');

/** File, program, endpoints it adds, and those of them that stay off. */
const programs = [
  ['gpt-load-export.json', 'gpt-load', 3, []],
  ['cc-switch.sql', 'cc-switch', 5, []],
  // Its Ollama is there already.
  ['cherry-studio-data.json', 'cherry-studio', 6, ['Anthropic', 'Empty one']],
  ['cli-proxy-api.yaml', 'cli-proxy-api', 7, ['openrouter', 'openrouter-2']],
  ['claude-code-router.json', 'claude-code-router', 4, []],
  ['claude-code-router-export.json', 'claude-code-router', 2, ['Pool']],
] as const;

describe.each(carriers)('the import of other programs’ files %s', (_name, open) => {
  let bench: ControlBench;
  let client: ControlClient;
  benchForEach(open, (opened) => {
    ({ bench, client } = opened);
  });

  it.each(programs)('plans %s, takes it, and gives it back', async (file, source, added, off) => {
    const text = fixture(file);
    const before = (await client.endpoints.list()).map(({ id }) => id);
    const plan = await client.transfer.plan({ text });
    expect(plan.source).toBe(source);
    expect(plan.endpoints.filter(({ proposed }) => proposed === 'add')).toHaveLength(added);

    expect(await client.transfer.apply({ text })).toMatchObject({ added, merged: 0 });
    const taken = (await client.endpoints.list()).filter(({ id }) => !before.includes(id));
    expect(taken.filter(({ enabled }) => !enabled).map(({ name }) => name)).toEqual(off);
    const again = await client.transfer.plan({ text });
    expect(again.settings).toEqual([]);
    // The same file brings nothing twice.
    expect(again.endpoints.filter(({ proposed }) => proposed !== 'skip')).toEqual([]);
    for (const shown of [plan, taken, again]) expect(JSON.stringify(shown)).not.toMatch(/made-up/);
    expect(readFileSync(join(bench.dataDir, 'settings.json'), 'utf8')).not.toMatch(
      /(?:sk|AIza)-[\w-]*made-up/,
    );

    await client.transfer.undo();
    expect((await client.endpoints.list()).map(({ id }) => id)).toEqual(before);
  });

  it('puts keys alone where they belong, and asks for it', async () => {
    const text = fixture('keys.txt');
    const { error } = await safe(client.transfer.plan({ text }));
    expect(error).toMatchObject({ code: 'INVALID', data: { issues: [{ path: 'into' }] } });
    const nowhere = await safe(client.transfer.plan({ text, into: 'nowhere' }));
    expect(nowhere.error).toMatchObject({ code: 'INVALID', data: { issues: [{ path: 'into' }] } });

    const plan = await client.transfer.plan({ text, into: 'local' });
    expect(plan.endpoints).toMatchObject([
      { existing: { id: 'local' }, proposed: 'merge', brings: { accounts: 3 } },
    ]);
    expect(await client.transfer.apply({ text, into: 'local' })).toMatchObject({ added: 0, merged: 1 });
    const local = (await client.endpoints.list()).find(({ id }) => id === 'local');
    expect(local?.accounts.map(({ secret }) => secret.state)).toEqual(['ready', 'ready', 'ready']);
  });

  it('names what can be read where a file is none of it', async () => {
    const { error } = await safe(client.transfer.plan({ text: '{"hello": "sk-made-up-hello-0001"}' }));
    const said = JSON.stringify((error as { data?: unknown }).data);
    for (const program of [
      'LiteLLM',
      'gpt-load',
      'cc-switch',
      'Cherry Studio',
      'CLIProxyAPI',
      'claude-code-router',
    ])
      expect(said).toContain(program);
    expect(said).not.toContain('made-up');
  });
});
