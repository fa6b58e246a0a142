import { Button } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ClientKeyView, EndpointView } from '../../../main/contract/schemas/views.ts';
import { useOperations } from '../../api/session.ts';
import { AddDemoButton } from '../../components/AddDemoButton.tsx';
import { CodeBlock } from '../../components/CodeBlock.tsx';
import { CopyButton } from '../../components/CopyButton.tsx';
import { Mark } from '../../components/Mark.tsx';
import { onWindows } from '../../components/onWindows.ts';
import { SecretOnce } from '../../components/SecretOnce.tsx';
import { curlLine } from './curlLine.ts';
import classes from './FirstSteps.module.css';

interface Props {
  address: string;
  endpoints: readonly EndpointView[];
  keys: readonly ClientKeyView[];
  answered: boolean;
  onDone(): void;
}

function Step({
  number,
  done,
  title,
  children,
}: {
  number: number;
  done: boolean;
  title: string;
  children: React.ReactNode;
}) {
  return (
    <li className={classes.step} data-done={done || undefined}>
      <span className={classes.number}>{done ? <IconCheck size={14} /> : number}</span>
      <div className={classes.body}>
        <h2 className={classes.title}>{title}</h2>
        {children}
      </div>
    </li>
  );
}

/** From nothing to the first answered request. */
export function FirstSteps({ address, endpoints, keys, answered, onDone }: Props) {
  const { t } = useTranslation();
  const operations = useOperations();
  const claim = useMutation(operations.clientKeys.claim.mutationOptions({ gcTime: 0 }));
  const models = useQuery(operations.models.list.queryOptions()).data;
  const answering = models?.find(({ routes }) => routes.some(({ inactive }) => !inactive));
  const unseen = keys.find((key) => key.unseen);
  const secret = claim.data?.secret ?? null;
  const hasEndpoint = endpoints.length > 0;
  const line = (key: string | null) =>
    curlLine({
      windows: onWindows(),
      address,
      key,
      model: answering?.id ?? 'gpt-4o-mini',
      text: t('first.hello'),
    });

  return (
    <section className={classes.steps} aria-label={t('first.title')}>
      <ol>
        <Step number={1} done={hasEndpoint} title={t('first.addEndpoint')}>
          {!hasEndpoint && (
            <>
              <p>{t('first.addEndpointText')}</p>
              <div className={classes.actions}>
                <Button component={Link} href="/endpoints/new">
                  {t('endpoints.add')}
                </Button>
                <AddDemoButton />
              </div>
            </>
          )}
        </Step>
        <Step number={2} done={secret !== null || (hasEndpoint && !unseen)} title={t('first.takeKey')}>
          {secret ? (
            <>
              <p>{t('first.keyOnce')}</p>
              <SecretOnce secret={secret} />
            </>
          ) : unseen ? (
            <>
              <p>{t('first.takeKeyText')}</p>
              <div className={classes.actions}>
                <Button
                  variant="default"
                  loading={claim.isPending}
                  onClick={() => claim.mutate({ id: unseen.id })}
                >
                  {t('first.showKey')}
                </Button>
              </div>
            </>
          ) : (
            <p>
              {t('first.keyGone')} <Link href="/keys">{t('nav.keys')}</Link>
            </p>
          )}
        </Step>
        <Step number={3} done={answered} title={t('first.send')}>
          {hasEndpoint && !answered && (
            <>
              <p>{t('first.sendText')}</p>
              <CodeBlock text={line(secret && '…')} />
              <div className={classes.actions}>
                <CopyButton text={line(secret)} label={t('first.copyLine')} />
                <Button variant="default" component={Link} href="/connect">
                  {t('connect.title')}
                </Button>
                <span className={classes.waiting} role="status">
                  <Mark size={18} flowing />
                  {t('first.waiting')}
                </span>
              </div>
            </>
          )}
          {answered && (
            <div className={classes.actions}>
              <p>{t('first.arrived')}</p>
              <Button variant="default" onClick={onDone}>
                {t('first.done')}
              </Button>
            </div>
          )}
        </Step>
      </ol>
    </section>
  );
}
