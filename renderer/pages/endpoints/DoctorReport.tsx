import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Mend } from '../../../main/contract/schemas/check.ts';
import type { AccountView } from '../../../main/contract/schemas/views.ts';
import { errorWords } from '../../api/errorWords.ts';
import { accountName } from '../../components/accountName.ts';
import { StateMark, type Tone } from '../../components/StateMark.tsx';
import classes from './CheckSteps.module.css';
import { CheckSteps, FoundWords } from './CheckSteps.tsx';
import {
  type AccountDiagnosis,
  type Diagnosis,
  faultOf,
  refusedAccounts,
  stepRows,
  type Verdict,
  verdictOf,
  withoutKeyMends,
} from './diagnosis.ts';
import { Mends } from './Mends.tsx';
import type { Doctor } from './useDoctor.ts';

const tones: Record<Verdict, Tone> = { running: 'off', ok: 'good', partly: 'wait', failed: 'bad' };

interface Props {
  doctor: Doctor;
  baseUrl: string;
  /** The saved endpoint's accounts; none for a draft. */
  accounts?: readonly AccountView[];
  /** Tried with an e-mail login, not with a key. */
  login?: boolean;
  /** Keys can't be typed where this stands. */
  keysElsewhere?: boolean;
  providerUrl: string | null;
  /** `account` is the one whose step it stands beside; null for the endpoint's own. */
  onMend(mend: Mend, account: string | null): void;
  onSwitchOff?(accounts: string[]): void;
}

/** What the doctor finds, while it finds it: a verdict, and below it the steps, or the accounts where all were tried. */
export function DoctorReport(props: Props) {
  const { t } = useTranslation();
  const { doctor, accounts = [] } = props;
  const { diagnosis, target, running, error } = doctor;
  const report = useRef<HTMLElement>(null);
  useEffect(() => {
    if (target) report.current?.scrollIntoView({ block: 'nearest' });
  }, [target]);
  if (error) {
    return (
      <p className={classes.refused} role="alert">
        {errorWords(error, t)}
      </p>
    );
  }
  if (!diagnosis || !target) return null;
  const all = 'all' in target && target.all === true;
  const chosen = 'accountId' in target ? accounts.find(({ id }) => id === target.accountId) : undefined;
  const tried = accounts.find(({ id }) => id === diagnosis.accounts[0]?.id);
  const rows = stepRows(diagnosis, props.baseUrl);
  const verdict = verdictOf(diagnosis, running);
  const done = diagnosis.accounts.filter(({ ok }) => ok !== null).length;
  const facts = { done, total: diagnosis.accounts.length };

  return (
    <section ref={report} className={classes.report} aria-label={t('endpoints.test')}>
      <div className={classes.head}>
        <p className={classes.verdict} role="status">
          {chosen && `${t('check.of', { name: accountName(chosen) })} `}
          {all && running ? t('doctor.progress', facts) : t(`doctor.verdict.${verdict}`)}
        </p>
        {running ? (
          <Button size="xs" variant="default" onClick={doctor.stop}>
            {t('action.cancel')}
          </Button>
        ) : (
          <Button size="xs" variant="subtle" onClick={doctor.clear}>
            {t('action.close')}
          </Button>
        )}
      </div>
      {all ? (
        <ByAccount {...props} diagnosis={diagnosis} />
      ) : (
        <CheckSteps
          rows={props.keysElsewhere ? rows.map(withoutKeyMends) : rows}
          login={tried ? tried.email !== undefined : (props.login ?? false)}
          onMend={(mend) => props.onMend(mend, diagnosis.accounts[0]?.id ?? null)}
          providerUrl={props.providerUrl}
        />
      )}
    </section>
  );
}

function toneOf({ ok, steps }: AccountDiagnosis): Tone {
  if (ok === null) return 'off';
  if (!ok) return 'bad';
  return faultOf(steps) ? tones.partly : 'good';
}

/** All accounts of an endpoint: what is wrong with the way there once, then a line for each. */
function ByAccount({
  diagnosis,
  accounts = [],
  onMend,
  providerUrl,
  onSwitchOff,
  doctor,
}: Props & { diagnosis: Diagnosis }) {
  const { t } = useTranslation();
  const broken = diagnosis.way.filter(({ state }) => state === 'failed' || state === 'warned');
  const refused = refusedAccounts(diagnosis).filter((id) =>
    accounts.some((one) => one.id === id && one.enabled),
  );
  return (
    <>
      {broken.length > 0 && (
        <CheckSteps
          rows={broken.map((step) => ({ name: step.name, step }))}
          onMend={(mend) => onMend(mend, null)}
          providerUrl={providerUrl}
        />
      )}
      <ul>
        {diagnosis.accounts.map((account) => {
          const view = accounts.find(({ id }) => id === account.id);
          const fault = faultOf(account.steps);
          const at = account.steps.at(-1);
          return (
            <li key={account.id} className={classes.step}>
              <StateMark tone={toneOf(account)} />
              <span className={classes.name}>{view ? accountName(view) : account.id}</span>
              <div className={classes.found}>
                {account.ok === true && !fault && (
                  <span className={classes.words}>{t('doctor.answers')}</span>
                )}
                {account.ok === null && at && <span className={classes.words}>{t(`check.${at.name}`)}…</span>}
                {fault && <FoundWords step={fault} />}
                {fault && (
                  <Mends
                    mends={fault.mends}
                    onMend={(mend) => onMend(mend, account.id)}
                    providerUrl={providerUrl}
                  />
                )}
              </div>
            </li>
          );
        })}
      </ul>
      {refused.length > 0 && !doctor.running && onSwitchOff && (
        <Button
          size="xs"
          variant="default"
          className={classes.switchOff}
          onClick={() => onSwitchOff(refused)}
        >
          {t('doctor.switchOff', { count: refused.length })}
        </Button>
      )}
    </>
  );
}
