// The repository as the arch tests see it: files, and what each of them imports.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Text files below a folder of the repository, as paths from its root with forward slashes. */
export function filesBelow(folder: string, extensions: readonly string[]): string[] {
  if (!existsSync(path.join(root, folder))) return [];
  const entries = readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && extensions.includes(path.extname(entry.name)))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .sort();
}

export function textOf(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

export interface Import {
  line: number;
  specifier: string;
  /** Nothing of it is left after the types are stripped. */
  typeOnly: boolean;
  /** The file meant, from the root; null for packages and Node's own modules. */
  target: string | null;
}

const staticImport = /^[ \t]*(?:import|export)\b([^'";]*?)['"]([^'"\n]+)['"]/gm;
const dynamicImport = /\bimport\(\s*['"]([^'"\n]+)['"]/g;

function isTypeOnly(clause: string): boolean {
  if (/^\s*type\b(?!\s*,|\s+from\b)/.test(clause)) return true;
  const names = /^\s*\{([^}]*)\}\s*from\s*$/.exec(clause)?.[1];
  if (names === undefined) return false;
  const parts = names.split(',').filter((part) => part.trim() !== '');
  return parts.length > 0 && parts.every((part) => /^\s*type\s/.test(part));
}

function targetOf(file: string, specifier: string): string | null {
  if (!specifier.startsWith('.')) return null;
  return path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier));
}

/** Comments go, lines stay where they are. */
function withoutComments(text: string): string {
  const blank = (match: string) => match.replace(/[^\n]/g, ' ');
  return text.replace(/\/\*[\s\S]*?\*\//g, blank).replace(/^[ \t]*\/\/.*$/gm, blank);
}

export function importsOf(file: string, text: string = textOf(file)): Import[] {
  const code = withoutComments(text);
  const lineAt = (index: number) => code.slice(0, index).split('\n').length;
  const found: Import[] = [];
  for (const match of code.matchAll(staticImport)) {
    const [whole, clause = '', specifier = ''] = match;
    if (clause.trim() !== '' && !/\bfrom\s*$/.test(clause)) continue;
    const line = lineAt(match.index + whole.length - 1);
    found.push({ line, specifier, typeOnly: isTypeOnly(clause), target: targetOf(file, specifier) });
  }
  for (const match of code.matchAll(dynamicImport)) {
    const specifier = match[1] ?? '';
    // `import('x').Y` in a type position can't be told from a value here; it counts as a value.
    found.push({
      line: lineAt(match.index),
      specifier,
      typeOnly: false,
      target: targetOf(file, specifier),
    });
  }
  return found;
}
