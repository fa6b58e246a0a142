import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useOperations } from '../api/session.ts';

/** Adds the endpoint that answers without an account. */
export function AddDemoButton() {
  const { t } = useTranslation();
  const demo = useMutation(useOperations().endpoints.createDemo.mutationOptions());
  return (
    <Button variant="default" loading={demo.isPending} onClick={() => demo.mutate(undefined)}>
      {t('endpoints.addDemo')}
    </Button>
  );
}
