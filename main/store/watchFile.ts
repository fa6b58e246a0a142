import fs from 'node:fs';

/** How often the file's facts are looked at, and how long its content must stand still before it is believed. Milliseconds. */
const interval = 300;
const settle = 60;
/** An editor that writes in place can leave the file empty or half written for a moment. */
const patience = 200;

/**
 * Calls `onChange` once a file's content differs from what `seen` says was last read or written. It asks the file system for
 * the file's facts, three times a second, instead of waiting for events: those don't come from network and container mounts,
 * and event watchers run out of handles or lose a file that is replaced. Returns the function that ends it.
 */
export function watchFile(options: {
  path: string;
  /** The content now; null where there is no file. */
  read: () => Buffer | null;
  /** True where this content needs no report. */
  seen: (content: Buffer | null) => boolean;
  /** False where the content looks like half of a file. */
  whole: (content: Buffer | null) => boolean;
  onChange: () => void;
  onError: (error: unknown) => void;
}): () => void {
  let timer: NodeJS.Timeout | null = null;
  let ended = false;

  const later = (ms: number, step: () => void): void => {
    if (ended) return;
    if (timer) clearTimeout(timer);
    timer = setTimeout(() => {
      timer = null;
      try {
        step();
      } catch (error) {
        options.onError(error);
      }
    }, ms);
    timer.unref();
  };

  const look = (before: Buffer | null, waited: boolean): void => {
    const content = options.read();
    const still = before === null ? content === null : content?.equals(before) === true;
    if (!still) later(settle, () => look(content, waited));
    else if (!waited && !options.whole(content)) later(patience, () => look(content, true));
    else if (!options.seen(content)) options.onChange();
  };

  const listener = (): void => later(settle, () => look(options.read(), false));
  // Not held open by it: a program that has nothing else to do may end.
  fs.watchFile(options.path, { interval, persistent: false, bigint: true }, listener);
  // What was changed before the first look at the file's facts counts too.
  listener();
  return () => {
    ended = true;
    if (timer) clearTimeout(timer);
    fs.unwatchFile(options.path, listener);
  };
}
