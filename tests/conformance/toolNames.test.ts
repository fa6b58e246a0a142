// Tools whose names an upstream would refuse: it is given others, and the client never learns of it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bench, createBench } from './bench.ts';
import { createCell, received } from './cell.ts';
import { clients } from './clients/clients.ts';
import { kinds } from './kinds.ts';

const schema = {
  type: 'object',
  properties: { city: { type: 'string' }, days: { type: 'number' } },
  required: ['city', 'days'],
} as const;

/** As Claude Code names what an MCP server has, and as Gemini's clients may name anything. */
const long = 'mcp__plugin_engineering_atlassian-cloud__getConfluencePageDescendantsAndTheirComments';
const dotted = 'weather.get:now';

let bench: Bench;
beforeAll(async () => {
  bench = await createBench();
});
afterAll(() => bench?.close());

describe.each(clients)('$title', (client) => {
  const names = client.dialect === 'gemini' ? [long, dotted] : [long];
  const foreign = kinds.filter(({ native }) => !native.includes(client.dialect));
  for (const stream of [false, true])
    test.each(foreign)(`calls them over $title, stream: ${stream}`, async (kind) => {
      for (const name of names) {
        const cell = createCell(bench, client, kind, stream);
        const tool = {
          name,
          description: 'Tells the weather',
          schema: { ...schema, required: [...schema.required] },
        };
        const dialog = cell.open({ user: 'What will it be like?', tools: [tool] });
        const called = await dialog.say();
        received(cell);
        expect(called.calls.map((call) => call.name)).toEqual([name]);
        const told = await dialog.answer(['fair']);
        expect(told.text).toBe('fake heard from the tools: fair');
        received(cell);
      }
    });
});
