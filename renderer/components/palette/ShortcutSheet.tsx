import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Keys } from './Keys.tsx';
import { commandKey } from './keyNames.ts';
import { places } from './places.ts';
import classes from './ShortcutSheet.module.css';

/** All keys that work everywhere. */
export function ShortcutSheet({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const rows = [
    { keys: [commandKey, 'K'], words: t('palette.title') },
    { keys: ['?'], words: t('palette.shortcuts') },
    { keys: ['/'], words: t('palette.keySearch') },
    { keys: [commandKey, 'Z'], words: t('palette.keyUndo') },
    { keys: ['↑', '↓'], words: t('palette.keyWalk') },
    { keys: ['Esc'], words: t('palette.keyClose') },
    ...places.map(({ name, letter }) => ({
      keys: ['g', letter],
      words: t('palette.goTo', { page: t(name) }),
    })),
  ];
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('palette.shortcuts')}
      returnFocus={false}
      size={420}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <dl className={classes.rows}>
        {rows.map(({ keys, words }) => (
          <div key={words} className={classes.row}>
            <dt>{words}</dt>
            <dd>
              <Keys keys={keys} />
            </dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
