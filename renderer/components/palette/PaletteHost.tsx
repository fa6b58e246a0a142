import { IconSearch } from '@tabler/icons-react';
import { Suspense, useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { loadBothLanguages } from '../../i18n/startI18n.ts';
import { later } from '../later.ts';
import { Keys } from './Keys.tsx';
import { commandKey } from './keyNames.ts';
import classes from './PaletteHost.module.css';
import { useShortcuts } from './useShortcuts.ts';

const Palette = later(async () => {
  const [{ Palette }] = await Promise.all([import('./Palette.tsx'), loadBothLanguages()]);
  return Palette;
});
const ShortcutSheet = later(async () => (await import('./ShortcutSheet.tsx')).ShortcutSheet);

/** The quiet button of the palette, the keys of every page, and what they open. Nothing of it is loaded before. */
export function PaletteHost() {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<'palette' | 'shortcuts' | null>(null);
  const opener = useRef<{ element: Element | null; place: string } | null>(null);

  const open = useCallback((what: 'palette' | 'shortcuts') => {
    opener.current ??= { element: document.activeElement, place: location.hash };
    setOpened(what);
  }, []);
  useShortcuts(open);

  function close() {
    setOpened(null);
    const { element, place } = opener.current ?? {};
    opener.current = null;
    // Back to where one was, unless what was chosen leads elsewhere: there the page takes the focus.
    requestAnimationFrame(() => {
      if (element instanceof HTMLElement && location.hash === place) element.focus();
    });
  }

  return (
    <>
      <button
        type="button"
        className={classes.button}
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => open('palette')}
      >
        <IconSearch size={14} stroke={1.6} aria-hidden="true" />
        <span className={classes.words}>
          {t('palette.open')}
          <Keys keys={[commandKey, 'K']} />
        </span>
      </button>
      <Suspense fallback={null}>
        {opened === 'palette' && <Palette onClose={close} />}
        {opened === 'shortcuts' && <ShortcutSheet onClose={close} />}
      </Suspense>
    </>
  );
}
