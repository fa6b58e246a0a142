import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ClientKeyTest } from '../../../main/contract/schemas/views.ts';
import { errorWords } from '../../api/errorWords.ts';
import { useOperations } from '../../api/session.ts';
import { FormGroup } from '../../components/FormGroup.tsx';
import { StateMark } from '../../components/StateMark.tsx';
import { useNames } from '../../components/useNames.ts';
import { useFormat } from '../../format/useFormat.ts';
import classes from './ClientTest.module.css';

interface Props {
  keyId: string;
  /** Null where the key may ask for no model that talks. */
  model: string | null;
}

/** One small request with the client's key: whether key, port and route work, before the client itself is blamed. */
export function ClientTest({ keyId, model }: Props) {
  const { t } = useTranslation();
  const test = useMutation(useOperations().clientKeys.test.mutationOptions({ meta: { quiet: true } }));
  return (
    <FormGroup title={t('connect.test.title')} note={t('connect.test.note')}>
      <div className={classes.line}>
        <Button
          size="xs"
          variant="default"
          disabled={model === null}
          loading={test.isPending}
          onClick={() => model !== null && test.mutate({ id: keyId, model })}
        >
          {t('connect.test.send')}
        </Button>
        {model !== null && <code className={classes.model}>{model}</code>}
      </div>
      <div role="status">
        {test.data && <TestAnswer tested={test.data} />}
        {test.error && (
          <p className={classes.answer}>
            <StateMark tone="bad" />
            <span>{errorWords(test.error, t)}</span>
          </p>
        )}
      </div>
    </FormGroup>
  );
}

function TestAnswer({ tested }: { tested: ClientKeyTest }) {
  const { t } = useTranslation();
  const format = useFormat();
  const names = useNames();
  const { ok, status, text, endpointId, recordId } = tested;
  let words = t('connect.test.unreachable', { reason: text ?? '' });
  if (ok)
    words = t('connect.test.answered', {
      endpoint: names.endpoint(endpointId),
      time: format.duration(tested.ms),
    });
  else if (status !== null) words = t('connect.test.refused', { status, reason: text ?? '' });
  return (
    <div className={classes.answer}>
      <StateMark tone={ok ? 'good' : 'bad'} />
      <div className={classes.words}>
        <p>{words}</p>
        {ok && text && <p className={classes.text}>{text}</p>}
        {recordId && <Link href={`/requests/${recordId}`}>{t('connect.test.why')}</Link>}
      </div>
    </div>
  );
}
