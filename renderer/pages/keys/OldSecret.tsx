import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ClientKeyView, PreviousSecretView } from '../../../main/contract/schemas/views.ts';
import { useOperations } from '../../api/session.ts';
import { askFirst } from '../../components/askFirst.ts';
import { programsOf } from '../../components/programs.ts';
import { StateMark } from '../../components/StateMark.tsx';
import { useFormat } from '../../format/useFormat.ts';
import { useNow } from '../../format/useNow.ts';
import classes from './OldSecret.module.css';

interface Props {
  clientKey: ClientKeyView;
  previous: PreviousSecretView;
}

/** A replaced secret that still works: until when, and whether anybody needs it. */
export function OldSecret({ clientKey, previous }: Props) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const now = useNow(10_000);
  const end = useMutation(useOperations().clientKeys.endPrevious.mutationOptions());
  const name = clientKey.name || clientKey.id;
  const programs = programsOf(previous.agents);
  const [latest] = programs;
  if (previous.until <= now) return null;
  let used = t('keys.oldUnused');
  if (latest) {
    const ago = format.ago(latest.lastUsedAt, Math.max(now, latest.lastUsedAt));
    used = latest.name ? t('keys.oldUsed', { ago, program: latest.name }) : t('keys.oldUsedUnnamed', { ago });
  }

  function ask() {
    const run = () => end.mutate({ id: clientKey.id });
    if (programs.length === 0) return run();
    const list = new Intl.ListFormat(i18n.resolvedLanguage ?? 'en');
    const names = list.format(programs.map((program) => program.name || t('keys.unnamed')));
    const text = t('keys.rotateWho', { programs: names, count: programs.length });
    askFirst(t, { title: t('keys.oldEndTitle', { name }), text, confirm: t('keys.oldEnd') }, run);
  }

  return (
    <div className={classes.line}>
      <StateMark tone={latest ? 'wait' : 'off'} />
      <p>
        <span title={format.momentExact(previous.until)}>
          {previous.secret.state === 'ready'
            ? t('keys.oldWorks', { when: format.moment(previous.until, now) })
            : t('keys.oldUnreadable', { reason: previous.secret.reason ?? '' })}
        </span>
        <span className={classes.use} title={latest && format.momentExact(latest.lastUsedAt)}>
          {used}
        </span>
      </p>
      <Button
        size="xs"
        variant="default"
        loading={end.isPending}
        onClick={ask}
        aria-label={t('keys.oldEndOf', { name })}
      >
        {t('keys.oldEnd')}
      </Button>
    </div>
  );
}
