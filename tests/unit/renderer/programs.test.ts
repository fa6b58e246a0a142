import { expect, test } from 'vitest';
import type { AgentUse } from '../../../main/contract/schemas/views.ts';
import { programName } from '../../../renderer/components/programName.ts';
import { programsOf, strangersAmong } from '../../../renderer/components/programs.ts';

const electron = (product: string) =>
  `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) ${product} Chrome/134.0.6998.205 Electron/35.2.2 Safari/537.36`;

test.each([
  ['claude-cli/2.0.76 (external, cli)', 'Claude Code'],
  ['codex_cli_rs/0.98.0 (Debian 12.0.0; x86_64) xterm', 'Codex'],
  ['codex_vscode/0.55.0 (Mac OS 15.1.0; arm64) unknown', 'Codex'],
  ['GeminiCLI/0.24.0/gemini-3-pro-preview (linux; x64)', 'Gemini CLI'],
  [electron('CherryStudio/1.7.1'), 'Cherry Studio'],
  [electron('xyz.chatboxapp.app/1.16.0'), 'Chatbox'],
  [electron('SomeNewChat/0.3'), 'SomeNewChat'],
  ['RooCode/3.40.0', 'Roo Code'],
  ['Zed/0.201.0', 'Zed'],
  ['OpenAI/Python 3.22.1', 'openai-python'],
  ['AsyncOpenAI/Python 3.22.1', 'openai-python'],
  ['OpenAI/JS 6.49.0', 'openai-node'],
  ['Anthropic/Python 1.13.0', 'anthropic-python'],
  ['Anthropic/JS 1.11.0', 'anthropic-node'],
  ['google-genai-sdk/2.32.0 gl-node/v20.19.0', 'google-genai'],
  ['ai/6.0.326 ai-sdk/openai-compatible/2.0.87 ai-sdk/provider-utils/4.0.1 runtime/node.js/20', 'AI SDK'],
  ['Python/3.11 aiohttp/3.11.11', 'aiohttp (Python)'],
  ['curl/8.5.0', 'curl'],
  ['node', 'Node.js'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox'],
  [
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
    'Chrome',
  ],
  ['my-bot/2.1 (+https://example.com)', 'my-bot'],
  ['something', 'something'],
  ['', ''],
])('%j is %s', (userAgent, name) => {
  expect(programName(userAgent)).toBe(name);
});

const dayMs = 86_400_000;
const now = 1_800_000_000_000;
const use = (userAgent: string, change: Partial<AgentUse> = {}): AgentUse => ({
  userAgent,
  firstUsedAt: now - 20 * dayMs,
  lastUsedAt: now - 1000,
  requestsToday: 2,
  ...change,
});

test('a program is one, whatever its versions', () => {
  const programs = programsOf([
    use('claude-cli/2.1.0 (external, cli)', { firstUsedAt: now - dayMs, lastUsedAt: now - 10 }),
    use('curl/8.5.0', { requestsToday: 0 }),
    use('claude-cli/2.0.76 (external, cli)', { lastUsedAt: now - dayMs, requestsToday: 5 }),
  ]);
  expect(programs.map(({ name, requestsToday }) => [name, requestsToday])).toEqual([
    ['Claude Code', 7],
    ['curl', 0],
  ]);
  expect(programs[0]).toMatchObject({ firstUsedAt: now - 20 * dayMs, lastUsedAt: now - 10 });
});

test('a newcomer on a key that others have long used is named for three days', () => {
  const strangers = (...agents: AgentUse[]) =>
    strangersAmong(programsOf(agents), now).map(({ name }) => name);
  const old = use('claude-cli/2.0.76 (external, cli)');
  expect(strangers(old, use('curl/8.5.0', { firstUsedAt: now - 3_600_000 }))).toEqual(['curl']);
  expect(strangers(old, use('curl/8.5.0', { firstUsedAt: now - 4 * dayMs }))).toEqual([]);
  // Its first users, and an update of a known one, are no strangers; nor is whoever was there before anybody noted it.
  const fresh = { firstUsedAt: now - 3_600_000 };
  expect(strangers(use('curl/8.5.0', fresh), use('OpenAI/JS 6.49.0', { firstUsedAt: now - 60_000 }))).toEqual(
    [],
  );
  expect(strangers(old, use('claude-cli/2.1.0 (external, cli)', fresh))).toEqual([]);
  expect(strangers(use('curl/8.5.0', { firstUsedAt: null }), use('claude-cli/2.1.0', fresh))).toEqual([
    'Claude Code',
  ]);
  expect(strangers()).toEqual([]);
});
