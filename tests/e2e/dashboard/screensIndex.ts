// The table of all pictures, by page and state.
const states = ['empty', 'busy', 'broken', 'crowded'] as const;
const looks = ['en-light', 'en-dark', 'zh-CN-light', 'zh-CN-dark'] as const;

/** Markdown for the names found, such as `keys-busy-en-light.webp`. */
export function screensIndex(files: readonly string[]): string {
  const present = new Set(files);
  const pages = new Set(
    files.flatMap(
      (file) =>
        /^(.+?)-(?:empty|busy|broken|crowded)-(?:en|zh-CN)-(?:light|dark)\.webp$/.exec(file)?.[1] ?? [],
    ),
  );
  const cell = (page: string, state: string) =>
    looks
      .map((look) => ({ look, file: `${page}-${state}-${look}.webp` }))
      .filter(({ file }) => present.has(file))
      .map(({ look, file }) => `[${look.replace('zh-CN', '中文').replace('-', ' ')}](${file})`)
      .join(' · ');
  const rows = [...pages]
    .sort()
    .map((page) => `| ${page} | ${states.map((state) => cell(page, state)).join(' | ')} |`);
  return `# Screens

Every page in both languages and themes: with nothing in it, at work, and in trouble; what opens on them, and a crowd. \`npm run screens\` draws them anew from a demo data set.

| page | ${states.join(' | ')} |
|---|---|---|---|---|
${rows.join('\n')}
`;
}
