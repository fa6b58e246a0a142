/** How a terminal is spoken to: POSIX shells, or Windows' own. */
export type Shell = 'sh' | 'powershell';

const plain = /^[\w.:/@-]+$/;

/** One word for a shell, quoted where it must be. */
export function quoted(word: string, shell: Shell): string {
  if (shell === 'powershell') return plain.test(word) ? `"${word}"` : `'${word.replaceAll("'", "''")}'`;
  return plain.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Lines that set variables for this terminal, and the command to start then, if any. */
export function shellLines(
  shell: Shell,
  variables: readonly (readonly [name: string, value: string])[],
  command?: string,
): string {
  const lines = variables.map(([name, value]) =>
    shell === 'powershell'
      ? `$env:${name} = ${quoted(value, shell)}`
      : `export ${name}=${quoted(value, shell)}`,
  );
  return [...lines, ...(command ? [command] : [])].join('\n');
}
