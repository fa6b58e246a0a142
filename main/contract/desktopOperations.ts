// Updates and links of the desktop. Like the shell's other operations they are carried by the window's own port alone.
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { base, done } from './operationBase.ts';
import { linkViewSchema } from './schemas/link.ts';
import { importResultSchema } from './schemas/transfer.ts';
import { updateViewSchema } from './schemas/update.ts';

const byLink = z.object({ id: z.string().max(64) });

export const desktopOperations = {
  updates: {
    /** How it stands now, then each change. The stream does not end by itself. */
    follow: base.output(eventIterator(updateViewSchema)),
    /** Asks for a newer version. What comes of it is told by `follow`, here as below. */
    check: base.output(done),
    /** Loads the version that is offered. */
    load: base.output(done),
    /** Stops loading. */
    cancel: base.output(done),
    /** Ends the program in order, puts the loaded version in its place and starts it. */
    restart: base.output(done),
  },
  links: {
    /** The link that waits for a word, null while none does; then each change. */
    follow: base.output(eventIterator(linkViewSchema.nullable())),
    /** Takes over what was shown. CONFLICT where another link is shown meanwhile, or its endpoints changed. */
    accept: base.input(byLink).output(importResultSchema),
    /** Forgets it. */
    dismiss: base.input(byLink).output(done),
  },
};
