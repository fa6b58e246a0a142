import { Button, NumberInput, PasswordInput } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { LimitUsage } from '../../main/contract/schemas/limits.ts';
import type { AttemptOutcome, SkipCode, SkipFacts } from '../../main/contract/schemas/record.ts';
import type { AccountView, EndpointView } from '../../main/contract/schemas/views.ts';
import { errorWords } from '../api/errorWords.ts';
import { useOperations } from '../api/session.ts';
import classes from './Mends.module.css';
import { type Mend, mendsFor } from './mendsFor.ts';
import { useMending } from './useMending.ts';

interface Props {
  cause: SkipCode | AttemptOutcome;
  facts?: SkipFacts;
  endpointId: string;
  accountId: string | null;
  model: string;
  upstreamModel?: string | null;
  /** The model is open already: no way there is shown. */
  atModel?: boolean;
}

/** What to do about one candidate's trouble, done where it is told; or that there is nothing to do any more. */
export function Mends(props: Props) {
  const { t } = useTranslation();
  const { endpointId, accountId } = props;
  const endpoints = useQuery(useOperations().endpoints.list.queryOptions()).data;
  if (!endpoints) return null;
  const endpoint = endpoints.find(({ id }) => id === endpointId);
  const account = accountId === null ? null : endpoint?.accounts.find(({ id }) => id === accountId);
  if (endpoint && account !== undefined) return <MendHere {...props} endpoint={endpoint} account={account} />;
  const { standing } = mendsFor({ upstreamModel: null, ...props, endpoint, account });
  return standing && <p className={classes.quiet}>{t(`mend.${standing}`)}</p>;
}

/** Buttons that open a field instead of acting at once. */
type Field = 'limit' | 'key';

interface HereProps extends Props {
  endpoint: EndpointView;
  account: AccountView | null;
}

function MendHere(props: HereProps) {
  const { cause, facts, endpoint, account, model, upstreamModel = null, atModel = false } = props;
  const { t } = useTranslation();
  const { spending } = useQuery(useOperations().gateway.status.queryOptions()).data ?? {};
  const mending = useMending({ endpoint, account, model, upstreamModel });
  const [field, setField] = useState<Field | null>(null);
  const { standing, mends } = mendsFor({
    cause,
    facts,
    endpoint,
    account,
    model,
    upstreamModel,
    spending,
  });
  const { mended } = mending;

  if (mended && !mended.bad) {
    return (
      <p className={classes.done} role="status">
        <IconCheck size={14} aria-hidden />
        <span>{mended.words}</span>
        {mended.undo && (
          <Button size="compact-xs" variant="subtle" loading={mending.pending} onClick={mending.undo}>
            {t('mend.undo')}
          </Button>
        )}
      </p>
    );
  }
  const button = (mend: Mend) => {
    if (mend === 'model') {
      return (
        !atModel && (
          <Button
            key={mend}
            size="xs"
            variant="default"
            component={Link}
            href={`/models/${encodeURI(model)}`}
          >
            {t('mend.do.model')}
          </Button>
        )
      );
    }
    return (
      <Button
        key={mend}
        size="xs"
        variant="default"
        disabled={mending.pending}
        onClick={() => (mend === 'limit' || mend === 'key' ? setField(mend) : mending.act(mend))}
      >
        {t(`mend.do.${mend}`)}
      </Button>
    );
  };
  return (
    <>
      {standing && <p className={classes.quiet}>{t(`mend.${standing}`)}</p>}
      {field === null && mends.length > 0 && <div className={classes.mends}>{mends.map(button)}</div>}
      {field === 'limit' && facts?.limit && (
        <LimitField
          kind={facts.limit}
          endpoint={endpoint}
          account={account}
          pending={mending.pending}
          onSave={(value) => mending.setLimit(facts.limit ?? 'rpm', value)}
          onCancel={() => setField(null)}
        />
      )}
      {field === 'key' && (
        <KeyField pending={mending.pending} onSave={mending.setKey} onCancel={() => setField(null)} />
      )}
      <p className={classes.bad} role="status">
        {mending.error ? errorWords(mending.error, t) : mended?.words}
      </p>
    </>
  );
}

interface FieldProps<T> {
  pending: boolean;
  onSave(value: T): void;
  onCancel(): void;
}

interface LimitProps extends FieldProps<number> {
  kind: keyof LimitUsage;
  endpoint: EndpointView;
  account: AccountView | null;
}

function LimitField({ kind, endpoint, account, pending, onSave, onCancel }: LimitProps) {
  const { t } = useTranslation();
  const own = account?.limits[kind];
  const now = own ?? endpoint.limits[kind];
  const [value, setValue] = useState<number | string>(now < 0 ? '' : now);
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        onSave(typeof value === 'number' ? value : -1);
      }}
    >
      <NumberInput
        label={t(`limit.${kind}`)}
        description={own === undefined ? t('mend.limitOfAll') : t('mend.limitOfOne')}
        placeholder={t('limit.none')}
        value={value}
        onChange={setValue}
        min={0}
        allowDecimal={false}
        allowNegative={false}
        thousandSeparator=","
        data-autofocus
      />
      <SaveOrNot pending={pending} onCancel={onCancel} />
    </form>
  );
}

function KeyField({ pending, onSave, onCancel }: FieldProps<string>) {
  const { t } = useTranslation();
  const [secret, setSecret] = useState('');
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (secret.trim()) onSave(secret.trim());
      }}
    >
      <PasswordInput
        label={t('mend.newKey')}
        value={secret}
        onChange={(event) => setSecret(event.currentTarget.value)}
        autoComplete="off"
        data-autofocus
      />
      <SaveOrNot pending={pending} disabled={!secret.trim()} onCancel={onCancel} />
    </form>
  );
}

function SaveOrNot({
  pending,
  disabled,
  onCancel,
}: {
  pending: boolean;
  disabled?: boolean;
  onCancel(): void;
}) {
  const { t } = useTranslation();
  return (
    <div className={classes.mends}>
      <Button size="xs" type="submit" loading={pending} disabled={disabled}>
        {t('action.save')}
      </Button>
      <Button size="xs" variant="default" onClick={onCancel}>
        {t('action.cancel')}
      </Button>
    </div>
  );
}
