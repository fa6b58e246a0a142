import { useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { askFirst } from './askFirst.ts';

/** Leaves a drawer or dialog with a form in it, and asks first where that would lose what was typed. */
export function useLeaveForm(
  opened: boolean,
  close: () => void,
): {
  /** For an element around the form: something was typed. */
  onChange(): void;
  /** For a form that knows: whether what stands in it is other than what it began with. */
  onTyped(typed: boolean): void;
  leave(): void;
} {
  const { t } = useTranslation();
  const typed = useRef(false);
  useEffect(() => {
    if (!opened) typed.current = false;
  }, [opened]);
  return {
    onChange: useCallback(() => {
      typed.current = true;
    }, []),
    onTyped: useCallback((now) => {
      typed.current = now;
    }, []),
    leave() {
      if (!typed.current) return close();
      const words = {
        title: t('leave.title'),
        text: t('leave.text'),
        confirm: t('leave.confirm'),
        cancel: t('leave.stay'),
      };
      askFirst(t, words, close);
    },
  };
}
