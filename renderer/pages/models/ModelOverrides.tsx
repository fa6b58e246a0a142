import { Button, NumberInput, Select } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelPreview } from '../../../main/contract/schemas/models.ts';
import type { ModelOverride } from '../../../main/contract/schemas/settings.ts';
import { errorWords } from '../../api/errorWords.ts';
import { useOperations } from '../../api/session.ts';
import { settingsChange } from '../../api/useSettings.ts';
import { useFollowingForm } from '../../components/useFollowingForm.ts';
import { useFormat } from '../../format/useFormat.ts';
import classes from './ModelPanel.module.css';
import { overrideFields, valuesOfOverride, withOverride } from './overrideForm.ts';

type Known = ModelPreview['known'][number];

/** What a model costs and reads, where the user knows better. It holds for the model wherever it is served. */
export function ModelOverrides({ known }: { known: readonly Known[] }) {
  const { t } = useTranslation();
  const settings = useQuery(useOperations().settings.get.queryOptions()).data;
  const [picked, setPicked] = useState<string | null>(null);
  const model = known.find(({ upstreamModel }) => upstreamModel === picked) ?? known[0];
  if (!model || !settings) return null;
  const overrides = settings.usage.modelOverrides;

  return (
    <section aria-label={t('models.facts')}>
      <h3 className={classes.title}>{t('models.facts')}</h3>
      <p className={classes.note}>{t('models.factsNote')}</p>
      <div className={classes.form}>
        {known.length > 1 && (
          <Select
            aria-label={t('endpoints.upstreamName')}
            data={known.map(({ upstreamModel }) => upstreamModel)}
            value={model.upstreamModel}
            onChange={setPicked}
            allowDeselect={false}
          />
        )}
        <OverrideForm key={model.upstreamModel} model={model} overrides={overrides} />
      </div>
    </section>
  );
}

function OverrideForm({
  model,
  overrides,
}: {
  model: Known;
  overrides: Readonly<Record<string, ModelOverride>>;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const operations = useOperations();
  const queryClient = useQueryClient();
  const change = settingsChange(operations, queryClient);
  const update = useMutation(
    operations.settings.update.mutationOptions({
      meta: { quiet: true },
      ...change,
      async onSuccess(settings) {
        await change.onSuccess(settings);
        return queryClient.invalidateQueries({ queryKey: operations.models.key() });
      },
    }),
  );
  const form = useFollowingForm(valuesOfOverride(overrides[model.upstreamModel]));
  const { values, before } = form;
  const set = (change: Partial<typeof values>) => form.setValues({ ...values, ...change });
  const isSet = overrideFields.some((field) => before[field] !== '');
  const changed = overrideFields.some((field) => before[field] !== values[field]);
  const numberOf = (value: string | number) => (typeof value === 'number' ? value : '');
  const placeholder = (value: number | null) => (value === null ? t('models.unknown') : format.exact(value));

  function save(next: typeof values) {
    const modelOverrides = withOverride(overrides, model.upstreamModel, next);
    update.mutate({ usage: { modelOverrides } }, { onSuccess: form.settle });
  }

  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        save(values);
      }}
    >
      <div className={classes.numbers}>
        {(['inputUsdPerMTok', 'outputUsdPerMTok'] as const).map((field) => (
          <NumberInput
            key={field}
            label={t(`models.field.${field}`)}
            value={values[field]}
            onChange={(value) => set({ [field]: numberOf(value) })}
            placeholder={placeholder(model[field])}
            prefix="$"
            min={0}
            allowNegative={false}
            decimalScale={6}
            hideControls
          />
        ))}
        <NumberInput
          label={t('models.field.contextTokens')}
          value={values.contextTokens}
          onChange={(value) => set({ contextTokens: numberOf(value) })}
          placeholder={placeholder(model.contextTokens)}
          min={1}
          allowNegative={false}
          allowDecimal={false}
          thousandSeparator=","
          hideControls
        />
      </div>
      {update.error && (
        <p className={classes.bad} role="alert">
          {errorWords(update.error, t)}
        </p>
      )}
      {(isSet || changed) && (
        <div className={classes.actions}>
          {isSet && (
            <Button
              size="xs"
              variant="default"
              disabled={update.isPending}
              onClick={() => save(valuesOfOverride(undefined))}
            >
              {t('models.reset')}
            </Button>
          )}
          <Button size="xs" type="submit" disabled={!changed} loading={update.isPending}>
            {t('action.save')}
          </Button>
        </div>
      )}
    </form>
  );
}
