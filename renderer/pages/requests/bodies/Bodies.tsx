import { SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordBodies } from '../../../../main/contract/schemas/bodies.ts';
import type { RequestRecord } from '../../../../main/contract/schemas/record.ts';
import { Section } from '../../../components/Section.tsx';
import classes from './Bodies.module.css';
import { Conversation } from './Conversation.tsx';
import { readRequest, type Said } from './conversation.ts';
import { KeepBodies } from './KeepBodies.tsx';
import { RawBody } from './RawBody.tsx';
import { answerPieces, readBody } from './readBody.ts';
import { useBodies } from './useBodies.ts';

/** What the client sent and what it got: as a conversation where it is one, or as it was. Where nothing is kept, how to change that. */
export function Bodies({ record }: { record: RequestRecord }) {
  const { t } = useTranslation();
  const { bodies, isKeeping, isLoading } = useBodies(record);
  return (
    <>
      {bodies && <KeptBodies bodies={bodies} />}
      {!bodies && !isLoading && (
        <Section title={t('bodies.title')}>
          {isKeeping && <p className={classes.note}>{t('bodies.none')}</p>}
          <KeepBodies />
        </Section>
      )}
    </>
  );
}

function KeptBodies({ bodies }: { bodies: RecordBodies }) {
  const { t } = useTranslation();
  const [raw, setRaw] = useState(false);
  const { request, answer, said } = useMemo(() => {
    const request = readBody(bodies.request);
    const answer = bodies.answer && readBody(bodies.answer);
    const asked = request.form === 'json' ? readRequest(request.value) : null;
    const pieces = answer ? answerPieces(answer) : [];
    const turns: Said[] = pieces.length > 0 ? [{ role: 'assistant', pieces }] : [];
    return { request, answer, said: asked && [...asked, ...turns] };
  }, [bodies]);

  return (
    <Section
      title={t('bodies.title')}
      action={
        said && (
          <SegmentedControl
            aria-label={t('bodies.view')}
            value={raw ? 'raw' : 'read'}
            onChange={(value) => setRaw(value === 'raw')}
            data={[
              { value: 'read', label: t('bodies.read') },
              { value: 'raw', label: t('bodies.raw') },
            ]}
          />
        )
      }
    >
      <div className={classes.bodies}>
        {said && !raw ? (
          <Conversation said={said} />
        ) : (
          <>
            <RawBody
              title={t('bodies.request')}
              copyLabel={t('bodies.copyRequest')}
              kept={bodies.request}
              body={request}
            />
            {bodies.answer && answer && (
              <RawBody
                title={t('bodies.answer')}
                copyLabel={t('bodies.copyAnswer')}
                kept={bodies.answer}
                body={answer}
              />
            )}
          </>
        )}
        {!bodies.answer && <p className={classes.note}>{t('bodies.noAnswer')}</p>}
        {said && !raw && (bodies.request.isCut || bodies.answer?.isCut) && (
          <p className={classes.note}>{t('bodies.cut')}</p>
        )}
      </div>
      <KeepBodies />
    </Section>
  );
}
