import { VisuallyHidden } from '@mantine/core';
import { Notifications, useNotifications } from '@mantine/notifications';

type Shown = { 'data-text'?: string; 'data-tone'?: string };

/** Where notices stand, newest on top; pointing at them or reaching one by keyboard holds them. What is read out is said here once. */
export function ToastHost() {
  const last = useNotifications().notifications.at(-1) as Shown | undefined;
  const said = last?.['data-text'] ?? '';
  const bad = last?.['data-tone'] === 'bad';
  return (
    <>
      {/* In the middle: at the right are the buttons of what slides in there. */}
      <Notifications
        position="bottom-center"
        layout="stacked"
        limit={3}
        containerWidth={400}
        transitionDuration={160}
      />
      <VisuallyHidden role="status">{bad ? '' : said}</VisuallyHidden>
      <VisuallyHidden role="alert">{bad ? said : ''}</VisuallyHidden>
    </>
  );
}
