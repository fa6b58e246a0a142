import { type MantineThemeOverride, mergeThemeOverrides } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { mantineTheme } from './mantineTheme.ts';

/** The theme with the words that the library's own parts need: the cross that closes a sheet has no text. */
export function useWindowTheme(): MantineThemeOverride {
  const { t } = useTranslation();
  return useMemo(() => {
    const close = { defaultProps: { 'aria-label': t('action.close'), size: 28, iconSize: 16 } };
    return mergeThemeOverrides(mantineTheme, {
      components: { ModalCloseButton: close, DrawerCloseButton: close },
    });
  }, [t]);
}
