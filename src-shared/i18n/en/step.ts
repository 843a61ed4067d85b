/** The walk to a session, as the connection screen shows it; and its three states. */
export const step = {
  discover: 'Find the server',
  tcp: 'Reach it',
  tls: 'Secure the line',
  websocket: 'Switch to WebSocket',
  open: 'Open the stream',
  features: 'Learn what the server can do',
  auth: 'Sign in',
  reopen: 'Open the stream again, signed in',
  bind: 'Take a place on the server',
  session: 'Start the session',
  sm: 'Agree on receipts',
  roster: 'Load contacts',
  presence: 'Say hello',
  ready: 'Ready',
} as const;
