import { Button, Drawer, NumberInput, SegmentedControl, TagsInput, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientKeyView } from '../../../main/contract/schemas/views.ts';
import { errorWords, issuesOf } from '../../api/errorWords.ts';
import { useOperations } from '../../api/session.ts';
import dialog from '../../components/Dialog.module.css';
import { FormGroup } from '../../components/FormGroup.tsx';
import { LimitInputs } from '../../components/LimitInputs.tsx';
import { sortIssues } from '../../components/serverIssues.ts';
import { useLeaveForm } from '../../components/useLeaveForm.ts';
import type { IssuedKey } from './IssuedKeyDialog.tsx';
import { expiryChoices } from './keyExpiry.ts';
import { keyInputOf, keyPatchOf, valuesOfKey } from './keyForm.ts';
import { modelPatterns, modelReach } from './modelReach.ts';

interface Props {
  /** The key to change, `'new'` for another one, null while closed. */
  target: ClientKeyView | 'new' | null;
  onClose(): void;
  onIssued(issued: IssuedKey): void;
}

export function KeyDrawer({ target, onClose, onIssued }: Props) {
  const { t } = useTranslation();
  const form = useLeaveForm(target !== null, onClose);
  const title = target === 'new' ? t('keys.create') : target?.name || target?.id;
  return (
    <Drawer opened={target !== null} onClose={form.leave} title={title} size={440}>
      {target !== null && (
        <div onChange={form.onChange}>
          <KeyForm clientKey={target === 'new' ? null : target} onClose={onClose} onIssued={onIssued} />
        </div>
      )}
    </Drawer>
  );
}

const fields = ['name', 'models', 'limits', 'budgetUsdPerDay', 'expiresAt'] as const;

function KeyForm({
  clientKey,
  onClose,
  onIssued,
}: Omit<Props, 'target'> & { clientKey: ClientKeyView | null }) {
  const { t } = useTranslation();
  const operations = useOperations();
  const models = useQuery(operations.models.list.queryOptions()).data;
  const create = useMutation(
    operations.clientKeys.create.mutationOptions({ meta: { quiet: true }, gcTime: 0 }),
  );
  const update = useMutation(operations.clientKeys.update.mutationOptions({ meta: { quiet: true } }));
  // What is changed elsewhere meanwhile is not of this form.
  const [before] = useState(clientKey);
  const [values, setValues] = useState(() => valuesOfKey(before));
  const set = (change: Partial<typeof values>) => setValues((earlier) => ({ ...earlier, ...change }));
  const catalogue = useMemo(() => models?.map((model) => model.id) ?? [], [models]);
  const reach = modelReach(values.models, catalogue);
  const failure = create.error ?? update.error;
  const issues = sortIssues(issuesOf(failure), fields, t);
  const other = failure && issuesOf(failure).length === 0 ? errorWords(failure, t) : issues.rest.join('; ');

  function save() {
    const now = Date.now();
    if (before)
      update.mutate({ id: before.id, patch: keyPatchOf(before, values, now) }, { onSuccess: onClose });
    else
      create.mutate(keyInputOf(values, now), {
        onSuccess: ({ key, secret }) => onIssued({ name: key.name || key.id, secret }),
      });
  }

  return (
    <form
      className={dialog.form}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <TextInput
        label={t('keys.name')}
        description={t('keys.nameNote')}
        value={values.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
        error={issues.fields.name}
        autoComplete="off"
        data-autofocus
      />
      <TagsInput
        label={t('keys.models')}
        description={t('keys.modelsNote')}
        placeholder={values.models.length === 0 ? t('keys.allModels') : ''}
        data={[...modelPatterns(catalogue), ...catalogue]}
        value={values.models}
        onChange={(next) => set({ models: next })}
        error={issues.fields.models}
        splitChars={[',', ' ', '\n']}
        limit={200}
        maxDropdownHeight={240}
      />
      {models && (
        <p className={dialog.note} role="status">
          {t('keys.reach', { count: reach.reached, total: reach.total })}
          {reach.idle.length > 0 && ` ${t('keys.idle', { names: reach.idle.join(', ') })}`}
        </p>
      )}
      <FormGroup title={t('keys.limits')} note={t('keys.limitsNote')}>
        <LimitInputs
          value={values.limits}
          onChange={(limits) => set({ limits })}
          errors={{ rpm: issues.fields.limits ?? '' }}
        >
          <NumberInput
            label={t('keys.budget')}
            value={values.budget}
            onChange={(budget) => set({ budget: typeof budget === 'number' ? budget : '' })}
            error={issues.fields.budgetUsdPerDay}
            placeholder={t('limit.none')}
            prefix="$"
            min={0}
            allowNegative={false}
            decimalScale={2}
            hideControls
          />
        </LimitInputs>
      </FormGroup>
      <FormGroup title={t('keys.expiry')}>
        <SegmentedControl
          fullWidth
          aria-label={t('keys.expiry')}
          value={values.expiry}
          onChange={(choice) => set({ expiry: expiryChoices.find((known) => known === choice) ?? 'never' })}
          data={expiryChoices.map((choice) => ({ value: choice, label: t(`keys.expiryChoice.${choice}`) }))}
        />
        {values.expiry === 'date' && (
          <TextInput
            type="datetime-local"
            mt={8}
            aria-label={t('keys.expiryChoice.date')}
            value={values.expires}
            onChange={(event) => set({ expires: event.currentTarget.value })}
            required
          />
        )}
        {issues.fields.expiresAt && (
          <p className={dialog.note} role="alert">
            {issues.fields.expiresAt}
          </p>
        )}
      </FormGroup>
      {other && (
        <p className={dialog.note} role="alert">
          {other}
        </p>
      )}
      <div className={dialog.actions}>
        <Button variant="default" onClick={onClose}>
          {t('action.cancel')}
        </Button>
        <Button type="submit" loading={create.isPending || update.isPending}>
          {clientKey ? t('action.save') : t('keys.create')}
        </Button>
      </div>
    </form>
  );
}
