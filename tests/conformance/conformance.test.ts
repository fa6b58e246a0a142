// Every client dialect against every kind of upstream, driven by the official SDKs through the real gateway.
// `SLUICE_WRITE_MATRIX=1 npx vitest run tests/conformance/conformance.test.ts` writes the tables of docs/conformance.md.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bench, createBench, failingModel } from './bench.ts';
import { createCell, placeOf } from './cell.ts';
import { clients } from './clients/clients.ts';
import { kinds } from './kinds.ts';
import { createMatrix, documentedMatrix, writeMatrix } from './matrix.ts';
import { refusalOf } from './refusals.ts';
import { scenarios } from './scenarios.ts';

const matrix = createMatrix(clients, kinds, scenarios);
const modes = [false, true];
let bench: Bench;

beforeAll(async () => {
  const places = scenarios.flatMap(({ fails = [] }) => fails);
  bench = await createBench(
    kinds.flatMap((kind) =>
      clients.flatMap(({ dialect }) =>
        modes.flatMap((stream) =>
          places.map((place) => ({ kind, name: failingModel(kind, dialect, placeOf(stream, place)) })),
        ),
      ),
    ),
  );
});
afterAll(async () => {
  process.stdout.write(`\n${matrix.text()}\n`);
  await bench?.close();
});

for (const client of clients) {
  describe.each(kinds)(`${client.title} -> $title`, (kind) => {
    for (const scenario of scenarios) {
      const refusal = refusalOf(kind, scenario);
      test.each(modes)(`${scenario.title}, stream: %s`, async (stream) => {
        matrix.note(client, kind, scenario, stream, 'failed');
        const cell = createCell(bench, client, kind, stream);
        if (!refusal) {
          await scenario.run(cell);
          matrix.note(client, kind, scenario, stream, 'ok');
          return;
        }
        const thrown: unknown = await scenario.run(cell).catch((error: unknown) => error);
        const { status, message } = client.readError(thrown);
        expect({ status, message }).toEqual({
          status: refusal.status,
          message: expect.stringContaining(refusal.message),
        });
        expect(cell.entries).toEqual([]);
        matrix.note(client, kind, scenario, stream, 'refused');
      });
    }
  });
}

test('docs/conformance.md shows the matrix as it is', (context) => {
  if (!matrix.whole) context.skip('only a part of the matrix was tried');
  if (process.env.SLUICE_WRITE_MATRIX) writeMatrix(matrix.text());
  expect(documentedMatrix()).toBe(matrix.text());
});
