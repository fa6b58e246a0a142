import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ClientKeyView } from '../../../main/contract/schemas/views.ts';
import { Ago } from '../../components/Ago.tsx';
import type { Program } from '../../components/programs.ts';
import { StateMark } from '../../components/StateMark.tsx';
import { useFormat } from '../../format/useFormat.ts';
import classes from './KeyDetail.module.css';
import { ownRules } from './keyForm.ts';
import { requestsOfKey } from './requestsOfKey.ts';

interface Props {
  clientKey: ClientKeyView;
  programs: readonly Program[];
  /** Those of them that came lately to a key others had long used. */
  strangers: readonly Program[];
  onEdit(): void;
  replace: { ask(): void; busy: boolean };
}

/** What stands behind one row: who uses the key, and all it may ask for. */
export function KeyDetail({ clientKey, programs, strangers, onEdit, replace }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const ownModels = ownRules(clientKey.models);
  const isStranger = (program: Program) => strangers.includes(program);

  return (
    <div className={classes.detail}>
      {strangers.length > 0 && (
        <div className={classes.hint} role="note">
          <StateMark tone="wait" />
          <p>
            {t('keys.leaked', {
              programs: strangers.map(({ name }) => name || t('keys.unnamed')).join(', '),
              count: strangers.length,
            })}
          </p>
          <Button size="xs" variant="default" loading={replace.busy} onClick={replace.ask}>
            {t('keys.rotateAsk')}
          </Button>
        </div>
      )}
      <section aria-label={t('keys.users')}>
        <h3 className={classes.title}>{t('keys.users')}</h3>
        {programs.length === 0 ? (
          <p className={classes.quiet}>{t('keys.noUsers')}</p>
        ) : (
          <ul className={classes.programs}>
            {programs.map((program) => (
              <li key={program.name}>
                <span className={classes.program} title={program.userAgents.join('\n')}>
                  {program.name || t('keys.unnamed')}
                  {isStranger(program) && (
                    <span className={classes.fresh}>
                      <StateMark tone="wait" />
                      {t('keys.fresh')}
                    </span>
                  )}
                </span>
                <span className={classes.number}>
                  {t('keys.today', {
                    count: program.requestsToday,
                    requests: format.count(program.requestsToday),
                  })}
                </span>
                <span className={classes.quiet}>
                  <Ago time={program.lastUsedAt} />
                </span>
              </li>
            ))}
          </ul>
        )}
      </section>
      {ownModels.length > 0 && (
        <section aria-label={t('keys.models')}>
          <h3 className={classes.title}>{t('keys.models')}</h3>
          <ul className={classes.models}>
            {ownModels.map((model) => (
              <li key={model}>
                <code>{model}</code>
              </li>
            ))}
          </ul>
        </section>
      )}
      <div className={classes.actions}>
        <Button size="xs" variant="default" component={Link} href={requestsOfKey(clientKey.id)}>
          {t('keys.requests')}
        </Button>
        <Button size="xs" variant="default" onClick={onEdit}>
          {t('action.edit')}
        </Button>
      </div>
    </div>
  );
}
