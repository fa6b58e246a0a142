import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RecordBodies } from '../../../main/contract/schemas/bodies.ts';
import type { TrialEvent } from '../../../main/contract/schemas/trial.ts';
import { afterEvent, runningTrial } from '../../../renderer/components/trialState.ts';
import { curlCommand } from '../../../renderer/pages/requests/replay/curlCommand.ts';
import { draftRequest } from '../../../renderer/pages/requests/replay/draftRequest.ts';
import {
  parseBody,
  trialBodyOf,
  trialOperationOf,
} from '../../../renderer/pages/requests/replay/replayRequest.ts';
import { requestRecord } from '../../contract/controlBench.ts';

const record = (operation: string, stream = false) => ({ operation, clientModel: 'a/m-1', stream });
const kept = (text: string | null, isCut = false): RecordBodies => ({
  request: { text, mediaType: 'application/json', bytes: 1, isCut },
  answer: null,
});

describe('a request to send again', () => {
  test('is the kept one', () => {
    const draft = draftRequest(record('chat/completions'), kept('{"model":"m","x":[1]}'), 'hi');
    expect(draft).toEqual({ body: { model: 'm', x: [1] }, source: 'recorded', leftOut: false });
  });

  test('says that images were left out of it', () => {
    const draft = draftRequest(record('messages'), kept('{"data":"[left out: image/png, 2 kB]"}'), 'hi');
    expect(draft).toMatchObject({ source: 'recorded', leftOut: true });
  });

  test.each<[string, RecordBodies | null]>([
    ['nothing was kept', null],
    ['it was cut', kept('{"model":"m"}', true)],
    ['it was no text', kept(null)],
    ['it is no object', kept('[1]')],
  ])('is a small one where %s', (_why, bodies) => {
    expect(draftRequest(record('chat/completions', true), bodies, 'hi')).toEqual({
      body: { model: 'a/m-1', messages: [{ role: 'user', content: 'hi' }], stream: true },
      source: 'minimal',
      leftOut: false,
    });
  });

  test('is none where it was an upload', () => {
    expect(draftRequest(record('audio/transcriptions'), null, 'hi')).toBeNull();
  });

  test("has what stands in the paths of Gemini's clients", () => {
    const draft = draftRequest(record('generateContent', true), null, 'hi');
    expect(draft?.body).not.toHaveProperty('model');
    expect(trialBodyOf(record('generateContent', true), draft as NonNullable<typeof draft>)).toEqual({
      model: 'a/m-1',
      stream: true,
      contents: [{ role: 'user', parts: [{ text: 'hi' }] }],
    });
    expect(trialOperationOf(record('generateContent'))).toBe('gemini');
    expect(trialOperationOf(record('embeddings'))).toBeNull();
  });

  test('what is typed must be one JSON object', () => {
    expect(parseBody('{"a":1}')).toEqual({ body: { a: 1 } });
    expect(parseBody('[1]')).toEqual({ problem: '' });
    expect(parseBody('{"a":')).toEqual({ problem: expect.stringMatching(/JSON/) });
  });
});

describe('a line for curl', () => {
  const address = 'http://localhost:8282/v1';
  const body = { model: 'm', text: `it's "5 $HOME" \\ \`x\` 你好` };
  const line = (operation: string, shell: 'sh' | 'powershell' = 'sh', stream = false) =>
    curlCommand({ shell, address, record: record(operation, stream), body });

  test.each([
    ['chat/completions', false, `${address}/chat/completions`],
    ['images/generations', false, `${address}/images/generations`],
    ['generateContent', false, 'http://localhost:8282/v1beta/models/a/m-1:generateContent'],
    ['generateContent', true, 'http://localhost:8282/v1beta/models/a/m-1:streamGenerateContent?alt=sse'],
    ['embedContent', false, 'http://localhost:8282/v1beta/models/a/m-1:embedContent'],
  ])('%s (stream: %s) goes to %s', (operation, stream, url) => {
    expect(line(operation, 'sh', stream)).toContain(`'${url}'`);
  });

  test.skipIf(process.platform === 'win32')('reaches curl in a POSIX shell as it is meant', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'sluice-curl-'));
    try {
      writeFileSync(path.join(folder, 'curl'), '#!/bin/sh\nfor word; do printf "%s\\0" "$word"; done\n', {
        mode: 0o755,
      });
      const said = execFileSync('/bin/sh', ['-c', line('messages')], {
        env: { PATH: `${folder}:/usr/bin:/bin`, SLUICE_KEY: 'my-key' },
        encoding: 'utf8',
      });
      const words = said.split('\0');
      expect(words).toContain('Authorization: Bearer my-key');
      expect(words).toContain('anthropic-version: 2023-06-01');
      expect(JSON.parse(words[words.indexOf('--data-binary') + 1] ?? '')).toEqual(body);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("hands its body to Windows' curl by its input, in ASCII", () => {
    const text = line('chat/completions', 'powershell');
    expect(text).toContain('"Authorization: Bearer $env:SLUICE_KEY"');
    expect(text).toMatch(/^@'\n/);
    const json = text.slice(3, text.indexOf("\n'@"));
    expect(json).toMatch(/^[\n\x20-\x7e]*$/);
    expect(JSON.parse(json)).toEqual(body);
  });
});

describe('a trial as it runs', () => {
  const played = (...events: [TrialEvent, number][]) =>
    events.reduce((state, [event, ms]) => afterEvent(state, event, ms), runningTrial);

  test('gathers what is said, and when the first word came', () => {
    const state = played(
      [{ type: 'started', recordId: 'r' }, 1],
      [{ type: 'reasoning', text: 'hm' }, 40],
      [{ type: 'text', text: 'h' }, 60],
      [{ type: 'text', text: 'i' }, 80],
      [{ type: 'done', record: requestRecord('r'), body: '{}' }, 90],
    );
    expect(state).toMatchObject({
      phase: 'done',
      recordId: 'r',
      reasoning: 'hm',
      text: 'hi',
      firstMs: 40,
      body: '{}',
    });
  });

  test('keeps what came before it failed', () => {
    const failed: TrialEvent = { type: 'failed', status: 502, message: 'broke off', record: null };
    const state = played([{ type: 'text', text: 'h' }, 5], [failed, 9]);
    expect(state).toMatchObject({
      phase: 'failed',
      text: 'h',
      failure: { status: 502, message: 'broke off' },
    });
  });
});
