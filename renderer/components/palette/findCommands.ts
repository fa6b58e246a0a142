import { type Command, commandGroups } from './command.ts';
import { matchWords } from './matchWords.ts';

const mostOfAGroup = 6;
const most = 40;

/** What fits best first, each group together; without a word, what is offered first. */
export function findCommands(commands: readonly Command[], query: string): Command[] {
  if (!query.trim()) return commands.filter(({ first }) => first);
  const found = commands
    .map((command) => {
      const score = matchWords(query, [
        command.name,
        ...(command.note ? [command.note] : []),
        ...(command.words ?? []),
      ]);
      return { command, score };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
  const groups = commandGroups
    .map((group) => found.filter(({ command }) => command.group === group).slice(0, mostOfAGroup))
    .filter((group) => group.length > 0)
    .sort((a, b) => (b[0]?.score ?? 0) - (a[0]?.score ?? 0));
  return groups
    .flat()
    .slice(0, most)
    .map(({ command }) => command);
}
