import { Button, Progress } from '@mantine/core';
import { notifications, notificationsStore } from '@mantine/notifications';
import i18next from 'i18next';
import classes from './toast.module.css';

export interface Toast {
  /** What it is about: a newer one about the same takes the place of the older. */
  subject: string;
  text: string;
  tone?: 'note' | 'bad';
  /** One thing to do about it. `undo`: the keys for "undo" do it too. */
  action?: { label: string; undo?: boolean; run(): void };
  /** Between 0 and 1: it stays until another about the same subject follows. */
  progress?: number;
}

/** Long enough to read it twice; longer where there is something to decide. */
function standsFor({ text, tone, action }: Toast): number {
  return (tone === 'bad' || action ? 8000 : 3000) + 60 * text.length;
}

function isAbout(subject: string) {
  return ({ id }: { id?: string }) => id?.startsWith(`${subject}#`) ?? false;
}

/** Says something at the window's edge. One a subject; read out politely, failures at once (see ToastHost). */
export function showToast(toast: Toast): void {
  const { subject, text, tone = 'note', action, progress } = toast;
  const message = (
    <div className={classes.toast}>
      <div className={classes.words}>
        <span>{text}</span>
        {action && (
          <Button
            size="xs"
            variant="default"
            data-undo={action.undo || undefined}
            onClick={() => {
              hideToast(subject);
              action.run();
            }}
          >
            {action.label}
          </Button>
        )}
      </div>
      {progress !== undefined && <Progress value={progress * 100} size={3} aria-hidden="true" />}
    </div>
  );
  const content = {
    message,
    role: 'group',
    'data-text': text,
    'data-tone': tone,
    closeButtonProps: { 'aria-label': i18next.t('action.close') },
  };
  const earlier = notificationsStore.getState().notifications.find(isAbout(subject));
  if (progress !== undefined && earlier?.id && earlier.autoClose === false) {
    notifications.update({ ...content, id: earlier.id, autoClose: false });
    return;
  }
  hideToast(subject);
  notifications.show({
    ...content,
    id: `${subject}#${performance.now()}`,
    color: tone === 'bad' ? 'red' : 'blue',
    autoClose: progress === undefined ? standsFor(toast) : false,
  });
}

function hideToast(subject: string): void {
  for (const { id } of notificationsStore.getState().notifications.filter(isAbout(subject)))
    if (id) notifications.hide(id);
}

/** Takes back what was removed last, while its notice stands. False where there is nothing. */
export function undoLast(): boolean {
  const button = document.querySelector<HTMLElement>('[data-undo]');
  button?.click();
  return button !== null;
}
