import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './PausedNote.module.css';
import { useSpending } from './useSpending.ts';

/** Why a request went nowhere while the gateway was paused; where it still is, the way out. */
export function PausedNote() {
  const { t } = useTranslation();
  const { spending, pending, toNormal } = useSpending();
  return (
    <>
      <p className={classes.note}>{t('detail.paused')}</p>
      {spending?.mode === 'paused' ? (
        <Button size="xs" variant="default" loading={pending} onClick={toNormal}>
          {t('spending.back')}
        </Button>
      ) : (
        <p className={classes.note}>{t('mend.unneeded')}</p>
      )}
    </>
  );
}
