// Parts of the window that are loaded when they are first shown. Who shows them keeps their place with a Suspense.
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';

const askEveryMs = 1000;
/** Loading anew mends nothing where a file is missing for good: not more often than this, then. */
const betweenMs = 30_000;
const loadedAnewAt = 'sluice.loadedAnewAt';

/**
 * A file that could not be had once is not asked for again by the same document, and whoever serves the window by then may be another
 * version with other files: the window is loaded anew as soon as somebody does.
 */
async function loadAnew(): Promise<never> {
  const last = Number(sessionStorage.getItem(loadedAnewAt));
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, askEveryMs));
    if (Math.abs(Date.now() - last) < betweenMs) continue;
    const served = await fetch(location.pathname, { cache: 'no-store' }).catch(() => null);
    if (served?.ok) break;
  }
  sessionStorage.setItem(loadedAnewAt, String(Date.now()));
  location.reload();
  return new Promise(() => {});
}

/** As `lazy`, but where the gateway is away, or was replaced meanwhile, the part comes once there is one to load it from. */
export function later<Props>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => ({ default: await load().catch(loadAnew) }));
}
