// Arguments that come in pieces, each for a path (Vertex AI, `streamFunctionCallArguments`): gathered until the object is whole.
import { membersOf, textOf } from './geminiFields.ts';

type Step = string | number;
type Node = Record<Step, unknown>;

/** RFC 9535 as Google writes it: `$.foo.bar[0]['some name']`. Null where it is something else. */
function readPath(path: string): Step[] | null {
  if (!path.startsWith('$')) return null;
  const steps: Step[] = [];
  const step = /\.([^.[\]]+)|\[(\d+)\]|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\]/gy;
  step.lastIndex = 1;
  while (step.lastIndex < path.length) {
    const [whole, name, index, single, double] = step.exec(path) ?? [];
    if (whole === undefined) return null;
    steps.push(
      index === undefined ? (name ?? (single ?? double ?? '').replace(/\\(.)/g, '$1')) : Number(index),
    );
  }
  return steps.length > 0 && !steps.includes('__proto__') ? steps : null;
}

function pieceValue(piece: Readonly<Record<string, unknown>>): unknown {
  return piece.stringValue ?? piece.numberValue ?? piece.boolValue ?? null;
}

export interface PartialArguments {
  /** One of `partialArgs`. What can't be read is left out. */
  add(piece: unknown): void;
  /** The JSON text of what has come. */
  text(): string;
}

export function createPartialArguments(): PartialArguments {
  const root: Node = {};
  return {
    add(given) {
      const piece = membersOf(given);
      const steps = readPath(textOf(piece.jsonPath));
      const last = steps?.pop();
      if (!steps || last === undefined) return;
      let node = root;
      for (const [at, step] of steps.entries()) {
        const child = node[step];
        const next = steps[at + 1] ?? last;
        const made = typeof child === 'object' && child !== null ? child : typeof next === 'number' ? [] : {};
        node[step] = made;
        node = made as Node;
      }
      const before = node[last];
      const value = pieceValue(piece);
      node[last] = typeof before === 'string' && typeof value === 'string' ? before + value : value;
    },
    text: () => JSON.stringify(root),
  };
}
