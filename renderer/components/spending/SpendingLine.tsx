import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { StateMark } from '../StateMark.tsx';
import { useNames } from '../useNames.ts';
import classes from './SpendingLine.module.css';
import { TimeLeft } from './TimeLeft.tsx';
import { useSpending } from './useSpending.ts';

/** What requests are kept from, for how long, and the way out. Nothing while spending is normal. */
export function SpendingLine() {
  const { t } = useTranslation();
  const names = useNames();
  const { spending, pending, toNormal } = useSpending();
  if (spending === null || spending.mode === 'normal') return null;
  const { mode } = spending;
  const name = mode === 'endpoint' ? names.endpoint(spending.endpointId) : '';
  const until = mode === 'free' ? null : spending.until;
  return (
    <div className={classes.line}>
      <StateMark tone={mode === 'paused' ? 'off' : 'wait'} />
      <p className={classes.words}>
        {/* What counts down is not read out each second. */}
        <span role="status">{t(`spending.now.${mode}`, { name })}</span>
        {until !== null && (
          <span className={classes.left}>
            {' · '}
            <TimeLeft time={until} />
          </span>
        )}
      </p>
      <Button size="xs" variant="default" loading={pending} onClick={toNormal}>
        {t('spending.back')}
      </Button>
    </div>
  );
}
