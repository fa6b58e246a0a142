import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeptBody } from '../../../../main/contract/schemas/bodies.ts';
import { CopyButton } from '../../../components/CopyButton.tsx';
import { useFormat } from '../../../format/useFormat.ts';
import { JsonTree } from './JsonTree.tsx';
import classes from './RawBody.module.css';
import type { ReadBody } from './readBody.ts';

interface Props {
  title: string;
  /** For a screen reader: "Copy the request". */
  copyLabel: string;
  kept: KeptBody;
  body: ReadBody;
}

/** A body as it was sent: JSON as a tree, a stream as its events. */
export function RawBody({ title, copyLabel, kept, body }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <section className={classes.body} aria-label={title}>
      <div className={classes.head}>
        <h3>{title}</h3>
        <span className={classes.size} title={t('bodies.bytes', { written: format.exact(kept.bytes) })}>
          {kept.bytes < 1_000
            ? t('bodies.bytes', { written: format.exact(kept.bytes) })
            : t('bodies.size', { written: format.exact(Math.round(kept.bytes / 100) / 10) })}
        </span>
        {body.form !== 'none' && (
          <CopyButton
            text={body.form === 'json' ? JSON.stringify(body.value, null, 2) : body.text}
            label={copyLabel}
            size="xs"
          />
        )}
      </div>
      {kept.isCut && <p className={classes.note}>{t('bodies.cut')}</p>}
      {body.form === 'none' && <p className={classes.note}>{t('bodies.noText', { type: kept.mediaType })}</p>}
      {body.form === 'json' && <JsonTree value={body.value} label={title} />}
      {body.form === 'events' && <EventList events={body.events} />}
      {body.form === 'text' && <pre className={classes.text}>{body.text}</pre>}
    </section>
  );
}

const eventsAtOnce = 50;

function EventList({ events }: { events: Extract<ReadBody, { form: 'events' }>['events'] }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(eventsAtOnce);
  return (
    <>
      <ol className={classes.events}>
        {events.slice(0, shown).map(({ name, data }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an event has no identity but its place
          <li key={index}>
            {name && <span className={classes.name}>{name} </span>}
            {data}
          </li>
        ))}
      </ol>
      {shown < events.length && (
        <button type="button" className={classes.more} onClick={() => setShown(shown + 5 * eventsAtOnce)}>
          {t('bodies.more', { count: events.length - shown })}
        </button>
      )}
    </>
  );
}
