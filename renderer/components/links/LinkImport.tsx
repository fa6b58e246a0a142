import { useMemo } from 'react';
import { useShell } from '../../api/shell.ts';
import { useFollowed } from '../useFollowed.ts';
import { LinkDialog } from './LinkDialog.tsx';
import { LinkRefused } from './LinkRefused.tsx';

/** Asks about a `sluice://` link that somebody opened, wherever in the window they are. Nowhere but on the desktop. */
export function LinkImport() {
  const shell = useShell();
  const follow = useMemo(
    () => shell && ((signal: AbortSignal) => shell.links.follow(undefined, { signal })),
    [shell],
  );
  const link = useFollowed(follow);
  if (!shell || !link) return null;
  const dismiss = () => void shell.links.dismiss({ id: link.id });
  if (link.state === 'refused') return <LinkRefused key={link.id} link={link} onClose={dismiss} />;
  return (
    <LinkDialog
      key={link.id}
      link={link}
      accept={() => shell.links.accept({ id: link.id })}
      onDismiss={dismiss}
    />
  );
}
