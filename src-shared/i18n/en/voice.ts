/** Voice messages. */
export const voice = {
  record: 'Record a voice message',
  recording: 'Recording a voice message',
  starting: 'Waiting for the microphone',
  full: 'As long as a voice message can be',
  cancel: 'Delete the recording',
  send: 'Send the recording',
  unsent: 'Recorded, not sent yet',
  left: 'Your voice message to {name} has not been sent. It waits in that conversation until you quit Flint.',
  name: 'Voice message {date}.ogg',
  'fault-none': 'No microphone was found. Connect one, then press again.',
  'fault-refused':
    'Flint may not use the microphone. Allow it in the settings of the system, then press again.',
  'fault-busy':
    'The microphone does not answer; another app may be using it. Close that one, then press again.',
  'fault-failed': 'The recording failed. Press again.',
  'fault-empty': 'Nothing was recorded. Hold on a little longer.',
} as const;
