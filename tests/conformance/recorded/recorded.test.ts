// Requests as Claude Code, Codex and Gemini CLI send them, put to every kind: the answer, and the turn that follows it.
import fs from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testClientKey } from '../../fakes/testCore.ts';
import { aloud, thoughts } from '../../fakes/upstream/reply.ts';
import { type Bench, createBench } from '../bench.ts';
import { type Kind, kinds } from '../kinds.ts';
import { type ClaudeBlock, readClaudeStream } from './claudeCode.ts';
import { readCodexStream } from './codex.ts';
import { readGeminiStream } from './geminiCli.ts';

type Body = Record<string, unknown>;

interface Recorded {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: Body;
  readonly countTokens: { readonly path: string; readonly body: Body };
  readonly probe: Body;
}

function recorded(name: string): Recorded {
  const file = new URL(`../../fixtures/conformance/${name}.json`, import.meta.url);
  return JSON.parse(fs.readFileSync(file, 'utf8')) as Recorded;
}

let bench: Bench;
beforeAll(async () => {
  bench = await createBench();
});
afterAll(() => bench?.close());
beforeEach(() => bench.reset());

async function post(path: string, headers: Record<string, string>, body: Body) {
  const response = await fetch(`${bench.gateway.origin}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text };
}

/** A stream's whole text; fails with the answer's words where it is none, and where the upstream found fault with the request. */
async function streamed(path: string, headers: Record<string, string>, body: Body): Promise<string> {
  const answer = await post(path, headers, body);
  const { entries } = bench;
  expect(entries.map(({ violation }) => violation).filter(Boolean)).toEqual([]);
  expect(answer.status, answer.text).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^text\/event-stream/);
  return answer.text;
}

const newest = () => bench.newest();
const shownThoughts = () => (newest().said?.shown ? thoughts : '');
const results = ['3 passed', 'noted'];
const heard = `fake heard from the tools: ${results.join(' and ')}`;

describe('Claude Code', () => {
  const { path, headers, body, countTokens, probe } = recorded('claudeCode');
  const sent = { ...headers, authorization: `Bearer ${testClientKey}` };

  function expectNative(kind: Kind, request: Body): void {
    if (kind.id !== 'anthropic') return;
    expect(newest().json).toEqual({ ...request, model: kind.model });
    expect(newest().headers).toMatchObject({
      'anthropic-beta': headers['anthropic-beta'],
      'anthropic-version': '2023-06-01',
    });
  }

  test.each(kinds)('works over $title', async (kind) => {
    const request = { ...body, model: kind.id };
    const first = readClaudeStream(await streamed(path, sent, request));
    expectNative(kind, request);
    const { asked } = newest();
    expect(asked?.tools.map(({ name }) => name)).toEqual(['Bash', 'TodoWrite', 'Grep']);
    expect(asked?.system).toContain('software engineering tasks');
    expect(asked?.thinking).toBe(true);
    expect(first.stopReason).toBe('tool_use');
    const of = (type: string) => first.content.filter((block) => block.type === type);
    // Blocks without text may stand beside: they carry the upstream's signatures.
    expect(
      of('thinking')
        .map(({ thinking }) => thinking)
        .join(''),
    ).toBe(shownThoughts());
    expect(of('text').map(({ text }) => text)).toEqual([aloud]);
    const calls = of('tool_use');
    expect(calls.map(({ name, input }) => [name, input])).toEqual([
      ['Bash', { command: 'Zürich', timeout: 1.5, description: 'Zürich', run_in_background: true }],
      ['TodoWrite', { todos: [{ content: 'Genève', status: 'pending', activeForm: 'Genève' }] }],
    ]);
    const toolResults = calls.map(({ id }, index) => ({
      type: 'tool_result',
      tool_use_id: id,
      content: [{ type: 'text', text: results[index] }],
    }));
    const messages = [
      ...(body.messages as Body[]),
      { role: 'assistant', content: first.content as ClaudeBlock[] },
      { role: 'user', content: toolResults },
    ];
    const second = readClaudeStream(await streamed(path, sent, { ...request, messages }));
    const said = second.content.filter(({ type }) => type === 'text');
    expect(said.map(({ text }) => text)).toEqual([heard]);
    expect(second.stopReason).toBe('end_turn');
    expect(newest().asked?.thinking).toBe(true);
  });

  test.each(kinds)('counts and probes over $title', async (kind) => {
    const counted = await post(countTokens.path, sent, { ...countTokens.body, model: kind.id });
    expect(counted.status, counted.text).toBe(200);
    expect((JSON.parse(counted.text) as { input_tokens: number }).input_tokens).toBeGreaterThan(5);
    const probed = await post(path, sent, { ...probe, model: kind.id });
    expect(probed.status, probed.text).toBe(200);
    // OpenAI's responses give sixteen tokens at least.
    const cut = newest().asked?.maxTokens === 1;
    expect(JSON.parse(probed.text)).toMatchObject({
      type: 'message',
      stop_reason: cut ? 'max_tokens' : 'end_turn',
    });
    const { entries } = bench;
    expect(entries.map(({ violation }) => violation).filter(Boolean)).toEqual([]);
  });
});

describe('Codex', () => {
  const { path, headers, body } = recorded('codex');
  const sent = { ...headers, authorization: `Bearer ${testClientKey}` };

  test.each(kinds)('works over $title', async (kind) => {
    const request = { ...body, model: kind.id };
    const first = readCodexStream(await streamed(path, sent, request));
    const native = newest().path.endsWith('/responses');
    if (native) expect(newest().json).toEqual({ ...request, model: kind.model });
    const { asked } = newest();
    expect(asked?.tools.slice(0, 2).map(({ name }) => name)).toEqual(['shell', 'apply_patch']);
    expect(asked?.system).toContain('You are Codex');
    expect(asked?.system).toContain('workspace-write');
    const of = (type: string) => first.items.filter((item) => item.type === type);
    const summaries = of('reasoning').flatMap(({ summary = [] }) => summary.map(({ text }) => text));
    expect(summaries.join('')).toBe(shownThoughts());
    expect(of('message').map(({ content }) => content?.[0]?.text)).toEqual([aloud]);
    const [shell] = of('function_call');
    expect(shell?.name).toBe('shell');
    expect(JSON.parse(shell?.arguments ?? '')).toEqual({
      command: ['Zürich'],
      workdir: 'Zürich',
      timeout_ms: 1.5,
    });
    const [patch] = of('custom_tool_call');
    expect(patch?.name).toBe('apply_patch');
    expect(patch?.input).toBe(
      native ? '*** Begin Patch\n*** Add File: größe1.txt\n+"1" & 2\n*** End Patch' : 'Genève',
    );
    const input = [
      ...(body.input as Body[]),
      ...first.items,
      { type: 'function_call_output', call_id: shell?.call_id, output: results[0] },
      { type: 'custom_tool_call_output', call_id: patch?.call_id, output: results[1] },
    ];
    const second = readCodexStream(await streamed(path, sent, { ...request, input }));
    const said = second.items.filter(({ type }) => type === 'message');
    expect(said.map(({ content }) => content?.[0]?.text)).toEqual([heard]);
    expect(newest().asked?.thinking).toBe(true);
  });
});

describe('Gemini CLI', () => {
  const { path, headers, body, countTokens } = recorded('geminiCli');
  const sent = { ...headers, 'x-goog-api-key': testClientKey };

  test.each(kinds)('works over $title', async (kind) => {
    const url = path.replace('MODEL', kind.id);
    const first = readGeminiStream(await streamed(url, sent, body));
    if (kind.id === 'gemini') expect(newest().body.toString()).toBe(JSON.stringify(body));
    const { asked } = newest();
    expect(asked?.tools.map(({ name }) => name)).toEqual(['list_directory', 'read_file']);
    expect(asked?.system).toContain('interactive CLI agent');
    expect(asked?.thinking).toBe(true);
    const say = (thought: boolean) =>
      first.parts
        .filter((part) => (part.thought ?? false) === thought)
        .map(({ text }) => text ?? '')
        .join('');
    expect([say(true), say(false)]).toEqual([shownThoughts(), aloud]);
    const calls = first.parts.flatMap(({ functionCall }) => functionCall ?? []);
    expect(calls.map(({ name, args }) => [name, args])).toEqual([
      [
        'list_directory',
        { dir_path: 'Zürich', ignore: ['Zürich'], file_filtering_options: { respect_git_ignore: true } },
      ],
      ['read_file', { file_path: 'Genève', offset: 1.5, limit: 1.5 }],
    ]);
    // Gemini CLI keeps thoughts to itself and sends everything else back, signatures and all.
    const kept = first.parts.filter(({ thought, text }) => !thought && text !== '');
    const responses = calls.map(({ id, name }, index) => ({
      functionResponse: { ...(id !== undefined && { id }), name, response: { output: results[index] } },
    }));
    const contents = [
      ...(body.contents as Body[]),
      { role: 'model', parts: kept },
      { role: 'user', parts: responses },
    ];
    const second = readGeminiStream(await streamed(url, sent, { ...body, contents }));
    expect(second.finishReason).toBe('STOP');
    expect(
      second.parts
        .filter(({ thought }) => !thought)
        .map(({ text }) => text)
        .join(''),
    ).toBe(heard);
    expect(newest().asked?.thinking).toBe(true);
  });

  test.each(kinds)('counts over $title', async (kind) => {
    const counted = await post(countTokens.path.replace('MODEL', kind.id), sent, countTokens.body);
    expect(counted.status, counted.text).toBe(200);
    expect((JSON.parse(counted.text) as { totalTokens: number }).totalTokens).toBeGreaterThan(3);
  });
});
