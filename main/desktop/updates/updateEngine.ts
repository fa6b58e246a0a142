import type { Release } from '../../contract/schemas/update.ts';

/** What asks for a newer version and puts it in place; the machine above it knows when. All of it throws UpdateError or the updater's own errors. */
export interface UpdateEngine {
  /** `itself`: it can load and install. `page`: it can only tell. */
  readonly way: 'itself' | 'page';
  /** The newer version; null where there is none. */
  check(): Promise<Release | null>;
  /** Loads what `check` found; `onPercent` is told 0 to 100. What is whole on disk already is not loaded again. */
  load(onPercent: (percent: number) => void, signal: AbortSignal): Promise<void>;
  /** Puts what was loaded in place, starts it and ends this program at once: everything must be over by then. */
  restart(): void;
}
