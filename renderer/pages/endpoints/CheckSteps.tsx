import { useTranslation } from 'react-i18next';
import type { CheckReport, CheckStep } from '../../../main/contract/schemas/views.ts';
import { StateMark, type Tone } from '../../components/StateMark.tsx';
import { useFormat } from '../../format/useFormat.ts';
import classes from './CheckSteps.module.css';

const tones: Record<CheckStep['state'], Tone> = { ok: 'good', failed: 'bad', skipped: 'off' };

interface Props {
  report: CheckReport;
  /** The account that was asked with, where one was chosen. */
  account?: string | null;
  /** Tested with an e-mail login, not with a key. */
  login?: boolean;
}

/** What a test found, step by step, with the gateway's or the upstream's words. */
export function CheckSteps({ report, account = null, login = false }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div role="status">
      <p className={classes.verdict}>
        {account && `${t('check.of', { name: account })} `}
        {report.ok ? t('check.ok') : t('check.failed')}
      </p>
      <ol className={classes.steps}>
        {report.steps.map((step) => (
          <li key={step.name} className={classes.step}>
            <StateMark tone={tones[step.state]} label={t(`check.state.${step.state}`)} />
            <span className={classes.name}>
              {login && step.name === 'credential' ? t('login.type') : t(`check.${step.name}`)}
            </span>
            <span className={classes.detail}>{step.detail}</span>
            <span className={classes.took}>{step.state === 'skipped' ? '' : format.duration(step.ms)}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
