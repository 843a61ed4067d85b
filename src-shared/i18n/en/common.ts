/** Words that many screens share. */
export const common = {
  add: 'Add',
  back: 'Back',
  cancel: 'Cancel',
  close: 'Close',
  copy: 'Copy',
  copied: 'Copied',
  'delivery-failed': 'Not sent',
  'delivery-read': 'Read',
  'delivery-received': 'Received',
  'delivery-sent': 'Sent',
  'delivery-waiting': 'Waiting to be sent',
  done: 'Done',
  loading: 'Loading',
  /** What something is called, and what it is. */
  pair: '{name}: {value}',
  remove: 'Remove',
  retry: 'Try again',
  save: 'Save',
  search: 'Search',
} as const;
