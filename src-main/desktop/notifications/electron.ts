import { Notification } from 'electron';
import type { Notice, Notifier } from '../../ports';

/** Electron's own notifications: a reply where the system has a field for it (macOS, Windows), a click everywhere. */
export const createElectronNotifier = (icon: string): Notifier => {
  const shown = new Map<string, Notification>();
  const close = (tag: string): void => {
    const one = shown.get(tag);
    shown.delete(tag);
    one?.close();
  };
  return {
    show: (notice) => {
      if (!Notification.isSupported()) return;
      close(notice.tag);
      const one = new Notification({
        title: notice.title,
        body: notice.body,
        ...(process.platform === 'darwin' ? {} : { icon }),
        silent: notice.silent,
        ...(notice.replyLabel === null ? {} : { hasReply: true, replyPlaceholder: notice.replyLabel }),
        actions: notice.markReadLabel === null ? [] : [{ type: 'button', text: notice.markReadLabel }],
      });
      wire(one, notice);
      one.on('close', (event) => {
        // Windows has put it among the others: it is there, answers and can be taken away still.
        if (reasonOf(event) === 'timedOut') return;
        // One that was closed or replaced here is known no more.
        if (shown.get(notice.tag) !== one) return;
        shown.delete(notice.tag);
        notice.onDismiss();
      });
      // Held here: a notification that is collected as garbage no longer answers.
      shown.set(notice.tag, one);
      one.show();
    },
    close,
  };
};

/** Of Electron 45, on Windows alone. */
const reasonOf = (event: object): unknown => ('reason' in event ? event.reason : undefined);

/** Electron 45 passes one details object to these two, 33 passes the value after the event. */
interface ReplyDetails {
  readonly reply?: string;
}

function wire(one: Notification, notice: Notice): void {
  one.on('click', () => {
    notice.onClick();
  });
  (one as NodeJS.EventEmitter).on('reply', (event: ReplyDetails, text?: string) => {
    notice.onReply(text ?? event.reply ?? '');
  });
  one.on('action', () => {
    notice.onMarkRead();
  });
}
