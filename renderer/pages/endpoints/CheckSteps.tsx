import { Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CheckCode, CheckStep, CheckStepName, Mend } from '../../../main/contract/schemas/check.ts';
import { StateMark, type Tone } from '../../components/StateMark.tsx';
import { useFormat } from '../../format/useFormat.ts';
import classes from './CheckSteps.module.css';
import { Mends } from './Mends.tsx';

const tones: Record<Exclude<CheckStep['state'], 'running'>, Tone> = {
  ok: 'good',
  warned: 'wait',
  failed: 'bad',
  skipped: 'off',
};

interface Props {
  rows: readonly { name: CheckStepName; step: CheckStep | null }[];
  /** Tried with an e-mail login, not with a key. */
  login?: boolean;
  onMend(mend: Mend): void;
  /** The provider's page for keys and credit, where it is known. */
  providerUrl: string | null;
}

/** The doctor's steps one below the other: what was found in our words, what the upstream said in its own, and the mend. */
export function CheckSteps({ rows, login = false, onMend, providerUrl }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <ol>
      {rows.map(({ name, step }, index) => {
        const at = step?.state ?? 'waiting';
        const ended = step !== null && step.state !== 'running';
        return (
          <li key={name} className={classes.step} data-state={at}>
            {step === null && <span className={classes.dot} aria-hidden="true" />}
            {step?.state === 'running' && (
              <Loader size={12} role="img" aria-label={t('check.state.running')} />
            )}
            {step && step.state !== 'running' && (
              <StateMark tone={tones[step.state]} label={t(`check.state.${step.state}`)} />
            )}
            <span className={classes.name}>
              {login && name === 'credential' ? t('login.type') : t(`check.${name}`)}
            </span>
            <div className={classes.found}>
              {ended && <FoundWords step={step} />}
              {ended && <Mends mends={ownMends(rows, index)} onMend={onMend} providerUrl={providerUrl} />}
            </div>
            <span className={classes.took}>
              {ended && step.state !== 'skipped' ? format.duration(step.ms) : ''}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

/** A step's mends, without those that a later step offers too: there they stand beside what they mend. */
function ownMends(rows: Props['rows'], index: number): Mend[] {
  const later = rows.slice(index + 1).flatMap(({ step }) => step?.mends ?? []);
  const same = (a: Mend, b: Mend) => JSON.stringify(a) === JSON.stringify(b);
  return (rows[index]?.step?.mends ?? []).filter((mend) => !later.some((other) => same(mend, other)));
}

/** A finding in the user's language, with the quoted words behind it; a web page's are markup or the gateway's own. */
export function FoundWords({ step }: { step: CheckStep }) {
  // Which facts a text needs is the code's affair: the types of sixty texts at once are too much for the compiler.
  const { t } = useTranslation();
  const words = t as (key: `doctor.code.${CheckCode}`, facts: Record<string, string>) => string;
  return (
    <>
      <span className={classes.words}>{words(`doctor.code.${step.code}`, step.facts)}</span>
      {step.said && step.code !== 'not-an-api' && <q className={classes.said}>{step.said}</q>}
    </>
  );
}
