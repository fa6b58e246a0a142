/** In the order in which they are listed. */
export const commandGroups = [
  'page',
  'action',
  'endpoint',
  'model',
  'key',
  'client',
  'request',
  'look',
] as const;
export type CommandGroup = (typeof commandGroups)[number];

/** One thing the palette can do. */
export interface Command {
  id: string;
  group: CommandGroup;
  name: string;
  /** Beside the name, quiet. */
  note?: string;
  /** Other words it is found by, such as its name in the other language. */
  words?: readonly string[];
  /** Listed before anything is typed. */
  first?: boolean;
  /** The keys that do the same. */
  keys?: readonly string[];
  run(): void;
}
