import { Button, Select } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelPreview, ModelView } from '../../../main/contract/schemas/models.ts';
import type { EndpointView } from '../../../main/contract/schemas/views.ts';
import { errorWords } from '../../api/errorWords.ts';
import { useOperations } from '../../api/session.ts';
import { endpointName } from '../../components/endpointName.ts';
import { PairRows } from '../../components/PairRows.tsx';
import { useFollowingForm } from '../../components/useFollowingForm.ts';
import { aliasChanges, aliasRows, withTarget } from './aliasRows.ts';
import classes from './ModelPanel.module.css';

interface Props {
  id: string;
  model: ModelView | null;
  preview: ModelPreview;
}

/** The mappings of one endpoint that concern this name; another name for the same model is added here. */
export function ModelAliases({ id, model, preview }: Props) {
  const { t } = useTranslation();
  const endpoints = useQuery(useOperations().endpoints.list.queryOptions()).data ?? [];
  const [picked, setPicked] = useState<string | null>(null);
  const chosen =
    picked ?? model?.routes[0]?.endpointId ?? preview.candidates[0]?.endpointId ?? endpoints[0]?.id ?? null;
  const endpoint = endpoints.find((one) => one.id === chosen);
  const served =
    model?.routes.find(({ endpointId }) => endpointId === chosen) ??
    preview.candidates.find(({ endpointId }) => endpointId === chosen);

  if (!endpoint) return null;
  return (
    <section aria-label={t('endpoints.mapping')}>
      <h3 className={classes.title}>{t('endpoints.mapping')}</h3>
      <p className={classes.note}>{t('models.aliasNote')}</p>
      <div className={classes.form}>
        <Select
          aria-label={t('requests.endpoint')}
          data={endpoints.map((one) => ({ value: one.id, label: endpointName(one, t) }))}
          value={endpoint.id}
          onChange={(value) => value && setPicked(value)}
          allowDeselect={false}
        />
        <AliasForm
          key={`${endpoint.id} ${id}`}
          id={id}
          endpoint={endpoint}
          upstreamModel={served?.upstreamModel ?? null}
          // Who is asked first may change while somebody types.
          onTyped={() => setPicked(endpoint.id)}
        />
      </div>
    </section>
  );
}

interface FormProps {
  id: string;
  endpoint: EndpointView;
  /** What the endpoint calls the model; null where it does not serve the name yet. */
  upstreamModel: string | null;
  onTyped(): void;
}

function AliasForm({ id, endpoint, upstreamModel, onTyped }: FormProps) {
  const { t } = useTranslation();
  const map = useMutation(useOperations().models.map.mutationOptions({ meta: { quiet: true } }));
  const form = useFollowingForm(aliasRows(endpoint.modelMapping, id, upstreamModel));
  const { values: rows, before } = form;
  const names = aliasChanges(before, rows);
  const changed = Object.keys(names).length > 0;

  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (changed) map.mutate({ endpointId: endpoint.id, names }, { onSuccess: form.settle });
      }}
    >
      <PairRows
        rows={rows}
        onChange={(next) => {
          onTyped();
          const added = next.length > rows.length;
          // Where the endpoint lacks the name, the name is what a new row begins with.
          if (added && upstreamModel === null) form.setValues([...rows, { from: id, to: '' }]);
          else form.setValues(added ? withTarget(next, upstreamModel ?? '') : next);
        }}
        from={t('endpoints.clientName')}
        to={t('endpoints.upstreamName')}
        addLabel={t('models.addAlias')}
        error={map.error ? errorWords(map.error, t) : undefined}
        arrow
      />
      {changed && (
        <div className={classes.actions}>
          <Button size="xs" variant="default" onClick={() => form.setValues(before)}>
            {t('action.cancel')}
          </Button>
          <Button size="xs" type="submit" loading={map.isPending}>
            {t('action.save')}
          </Button>
        </div>
      )}
    </form>
  );
}
