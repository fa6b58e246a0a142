// What a window may ask of the desktop around the gateway. The window's own port alone carries it; HTTP knows nothing of it.
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { desktopOperations } from './desktopOperations.ts';
import { isPlace } from './places.ts';

export const shellContract = {
  shell: {
    /** Shows the full window at a place in it, e.g. `/endpoints/groq`, and closes the small one. */
    openWindow: oc
      .input(z.object({ place: z.string().refine(isPlace, 'This is no page of the window.') }))
      .output(z.void()),
    /** Closes the small window. */
    closePanel: oc.output(z.void()),
    /** Ends the program; running answers get their time. */
    quit: oc.output(z.void()),
    ...desktopOperations,
  },
};

export type ShellContract = typeof shellContract;
