const onMac = /mac/i.test(navigator.platform);

/** The key that goes with letters for commands, as it is printed on this machine's keyboard. */
export const commandKey = onMac ? '⌘' : 'Ctrl';

/** Ctrl, or ⌘ on a Mac, and nothing else with it. */
export function isCommand(event: KeyboardEvent): boolean {
  return (onMac ? event.metaKey : event.ctrlKey) && !event.altKey && !event.shiftKey;
}
