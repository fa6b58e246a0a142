import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './SidePanel.module.css';

interface Props {
  /** What a screen reader calls the place. */
  label: string;
  title: string;
  onClose(): void;
  children: React.ReactNode;
}

/** Slides in from the right. What stands beside it stays in use; Escape closes it. */
export function SidePanel({ label, title, onClose, children }: Props) {
  const { t } = useTranslation();

  useEffect(() => {
    const leave = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      // An open list of choices, or a dialog on top, is closed first.
      const open = event.target instanceof Element && event.target.closest('[aria-expanded="true"]');
      if (!open && !document.querySelector('[role="dialog"]')) onClose();
    };
    // Before anybody answers the key: afterwards the list of choices would seem closed already.
    window.addEventListener('keydown', leave, true);
    return () => window.removeEventListener('keydown', leave, true);
  }, [onClose]);

  return (
    <aside className={classes.panel} aria-label={label}>
      <div className={classes.head}>
        <h2>{title}</h2>
        <ActionIcon aria-label={t('action.close')} onClick={onClose}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      {children}
    </aside>
  );
}

/** The part of the panel that scrolls. */
export function SidePanelBody({ children }: { children: React.ReactNode }) {
  return <div className={classes.body}>{children}</div>;
}
