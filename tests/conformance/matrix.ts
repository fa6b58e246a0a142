// The table of what works between which client and which kind: filled by the tests, printed by them, kept in docs/conformance.md.
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Client } from './clients/client.ts';
import type { Kind } from './kinds.ts';
import { refusalOf } from './refusals.ts';
import type { Scenario } from './scenarios.ts';

export type Outcome = 'ok' | 'refused' | 'failed';

export interface Matrix {
  note(client: Client, kind: Kind, scenario: Scenario, stream: boolean, outcome: Outcome): void;
  /** Whether every cell was tried. */
  readonly whole: boolean;
  /** Markdown: a table for each client, scenarios down, kinds across; then what is said where something is refused. */
  text(): string;
}

const signs: Record<Outcome, string> = { ok: '✓', refused: 'refused', failed: '✗' };

/** One sign where streams and whole answers agree. */
function cellText(whole: Outcome | undefined, stream: Outcome | undefined): string {
  if (!whole || !stream) return '?';
  return whole === stream ? signs[whole] : `${signs[whole]} whole, ${signs[stream]} stream`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

export function createMatrix(
  clients: readonly Client[],
  kinds: readonly Kind[],
  scenarios: readonly Scenario[],
): Matrix {
  const outcomes = new Map<string, Outcome>();
  const keyOf = (client: Client, kind: Kind, scenario: Scenario, stream: boolean) =>
    [client.dialect, kind.id, scenario.title, stream].join('|');

  function table(client: Client): string {
    const rows = scenarios.map((scenario) => {
      const outcome = (kind: Kind, stream: boolean) => outcomes.get(keyOf(client, kind, scenario, stream));
      return row([
        scenario.title,
        ...kinds.map((kind) => cellText(outcome(kind, false), outcome(kind, true))),
      ]);
    });
    const head = row([client.title, ...kinds.map(({ title }) => title)]);
    return [head, row(['---', ...kinds.map(() => '---')]), ...rows].join('\n');
  }

  function reasons(): string {
    const rows = kinds.flatMap((kind) =>
      scenarios.flatMap((scenario) => {
        const refusal = refusalOf(kind, scenario);
        return refusal ? [row([kind.title, scenario.title, `${refusal.status}: ${refusal.message}`])] : [];
      }),
    );
    return [row(['kind', 'refused', 'what the client is told']), row(['---', '---', '---']), ...rows].join(
      '\n',
    );
  }

  return {
    note: (client, kind, scenario, stream, outcome) =>
      void outcomes.set(keyOf(client, kind, scenario, stream), outcome),
    get whole() {
      return outcomes.size === clients.length * kinds.length * scenarios.length * 2;
    },
    text: () => [...clients.map(table), reasons()].join('\n\n'),
  };
}

const page = fileURLToPath(new URL('../../docs/conformance.md', import.meta.url));
const markers = ['<!-- matrix -->\n', '\n<!-- end of matrix -->'] as const;

function around(text: string): { before: string; matrix: string; after: string } {
  const [begin, end] = markers;
  const [start, stop] = [text.indexOf(begin), text.indexOf(end)];
  if (start < 0 || stop < start) throw new Error('docs/conformance.md has lost the marks around its tables');
  const from = start + begin.length;
  return { before: text.slice(0, from), matrix: text.slice(from, stop), after: text.slice(stop) };
}

/** The tables as the documentation has them. */
export function documentedMatrix(): string {
  return around(fs.readFileSync(page, 'utf8')).matrix;
}

export function writeMatrix(text: string): void {
  const { before, after } = around(fs.readFileSync(page, 'utf8'));
  fs.writeFileSync(page, `${before}${text}${after}`);
}
