/** Every FailureCode: what happened, what it means, what to do. */
export const failure = {
  'unknown-host-title': 'The server was not found.',
  'unknown-host-meaning': 'No computer answers to this name, or this computer is not on a network.',
  'unknown-host-remedy':
    'Check the spelling after the @ and the network. In an office, the server may have a name of its own: type it under More.',

  'refused-title': 'The server refused the connection.',
  'refused-meaning': 'The computer is there, but nothing listens on this port.',
  'refused-remedy': 'Check the port (Openfire: 7070 or 7443) and whether the chat server is running.',

  'unreachable-title': 'The server cannot be reached.',
  'unreachable-meaning': 'There is no way to it from this network.',
  'unreachable-remedy': 'Check the network, a VPN that may be needed, and the firewall.',

  'timeout-title': 'The server took too long.',
  'timeout-meaning': 'It did not answer in time at the step marked above.',
  'timeout-remedy':
    'Try again. If it stays like this, a firewall may be in the way, or the server is overloaded.',

  'not-websocket-title': 'This is not a chat server’s address.',
  'not-websocket-meaning': 'Something answered (status {status}), but not with a WebSocket.',
  'not-websocket-remedy': 'Check port and path: Openfire has /ws/, Prosody /xmpp-websocket, ejabberd /ws.',

  'no-subprotocol-title': 'The server does not speak XMPP here.',
  'no-subprotocol-meaning':
    'It has a WebSocket at this address, but not one for chat, or it is just starting.',
  'no-subprotocol-remedy': 'Check the path, or try again in a minute.',

  'wrong-domain-title': 'This server is not in charge of this address.',
  'wrong-domain-meaning': 'It answers for another domain than the one after the @.',
  'wrong-domain-remedy':
    'Check the part after the @. It is the server’s XMPP domain, which can differ from its host name.',

  'tls-self-signed-title': 'Is this your server?',
  'tls-self-signed-meaning':
    'It shows a certificate that no known authority has signed. That is how Openfire is delivered, and also what a stranger in the middle would show. No password was sent.',
  'tls-self-signed-remedy': 'Ask your administrator for the fingerprint and compare.',

  'tls-expired-title': 'The server’s certificate has expired.',
  'tls-expired-meaning': 'It was good once, but nobody has renewed it. No password was sent.',
  'tls-expired-remedy':
    'Tell your administrator. If the fingerprint is known to you, it can be trusted for this server.',

  'tls-wrong-name-title': 'The certificate is for another server.',
  'tls-wrong-name-meaning': 'It does not name the host that was asked for. No password was sent.',
  'tls-wrong-name-remedy':
    'Check the server address. If your administrator knows this fingerprint, it can be trusted for this server.',

  'tls-changed-title': 'The server’s certificate has changed.',
  'tls-changed-meaning':
    'It is not the one that was trusted before. Certificates are renewed now and then, but somebody may also be in the middle. No password was sent.',
  'tls-changed-remedy': 'Compare both fingerprints with your administrator before you trust the new one.',

  'tls-failed-title': 'The line could not be secured.',
  'tls-failed-meaning': 'Encryption failed ({reason}). No password was sent.',
  'tls-failed-remedy':
    'Check that the port is the encrypted one (Openfire: 7443), and ask your administrator.',

  'plain-refused-title': 'The password would be readable on the way.',
  'plain-refused-meaning':
    'The line is not encrypted, and the server accepts the password only as it is. Flint has not sent it.',
  'plain-refused-remedy':
    'Use a wss:// address. In a network that you trust you can allow it for this account.',

  'scram-lost-title': 'The server asks for less safety than before.',
  'scram-lost-meaning':
    'It used to check the password without seeing it, and now wants to see it. Your administrator may have moved the accounts; somebody may also be in the middle. Flint has not sent it.',
  'scram-lost-remedy': 'Ask your administrator. If it is meant to be so, allow it for this account.',

  'no-mechanism-title': 'There is no common way to sign in.',
  'no-mechanism-meaning': 'The server offers no way that Flint takes for safe (offered: {offered}).',
  'no-mechanism-remedy': 'Ask your administrator to allow SCRAM, or PLAIN over an encrypted line.',

  'mechanism-missing-title': 'The server does not offer {wanted}.',
  'mechanism-missing-meaning': 'You chose that it alone may sign you in. The server offers: {offered}.',
  'mechanism-missing-remedy': 'Choose another mechanism under “More”, or the strongest.',

  'not-authorized-title': 'The server refused this name and password.',
  'not-authorized-meaning': 'It does not say which of the two is wrong.',
  'not-authorized-remedy':
    'Check Caps Lock and the spelling of the address. Changed your password today? Use the new one.',

  'account-disabled-title': 'This account is disabled.',
  'account-disabled-meaning': 'The server knows it, but does not let it in.',
  'account-disabled-remedy': 'Ask your administrator to enable it.',

  'credentials-expired-title': 'The password has expired.',
  'credentials-expired-meaning': 'The server wants a new one before it lets you in.',
  'credentials-expired-remedy':
    'Change the password where your organisation does that, then sign in with the new one.',

  'temporary-auth-failure-title': 'The server cannot check passwords just now.',
  'temporary-auth-failure-meaning': 'The name and password may well be right.',
  'temporary-auth-failure-remedy': 'Flint tries again by itself. If it lasts, tell your administrator.',

  'server-forged-title': 'The server did not prove that it is yours.',
  'server-forged-meaning': 'It does not know your password, or what it offers was changed on the way.',
  'server-forged-remedy': 'Do not sign in from this network. Tell your administrator.',

  'weak-scram-title': 'The server checks passwords in an unsafe way.',
  'weak-scram-meaning': 'Its number of rounds ({iterations}) is outside what is safe.',
  'weak-scram-remedy': 'Ask your administrator to set it to between 4,096 and 1,000,000.',

  'auth-failed-title': 'Signing in failed.',
  'auth-failed-meaning': 'The server gave up with “{condition}”.',
  'auth-failed-remedy': 'Try again. If it stays like this, show your administrator the XML.',

  'bind-failed-title': 'The server gave no place to this sign-in.',
  'bind-failed-meaning': 'It answered “{condition}”.',
  'bind-failed-remedy': 'Sign out on a device that you no longer use, or choose another resource under More.',

  'conflict-title': 'You signed in somewhere else.',
  'conflict-meaning': 'The server has closed this session for a newer one with the same name.',
  'conflict-remedy': 'Sign in again here if that was you. If not, change your password.',

  'replaced-credentials-title': 'The server ended this session.',
  'replaced-credentials-meaning':
    'The password was changed or the account removed. Your history and unsent messages are kept here.',
  'replaced-credentials-remedy': 'Sign in with the new password, or ask your administrator.',

  'system-shutdown-title': 'The server is shutting down.',
  'system-shutdown-meaning': 'It is being restarted or looked after.',
  'system-shutdown-remedy': 'Flint comes back by itself as soon as the server does.',

  'policy-violation-title': 'The server asks for less.',
  'policy-violation-meaning': 'Too much came from this account in a short time.',
  'policy-violation-remedy': 'Flint waits and tries again by itself. Nothing is lost.',

  'stream-error-title': 'The server ended the conversation.',
  'stream-error-meaning': 'It gave “{condition}” as the reason.',
  'stream-error-remedy':
    'Flint tries again by itself. If it stays like this, show your administrator the XML.',

  'malformed-title': 'The server sent something unreadable.',
  'malformed-meaning': 'It is not valid XMPP, so Flint closed the line to be safe.',
  'malformed-remedy': 'Flint tries again by itself. If it stays like this, tell your administrator.',

  'too-large-title': 'The server sent too much in one piece.',
  'too-large-meaning':
    'One piece was longer, or nested deeper, than Flint takes, so it closed the line to be safe. A contact list may have 8 MB.',
  'too-large-remedy':
    'Flint tries again by itself once you have been signed in. If it stays like this, tell your administrator: most often it is a contact list that holds a whole company.',

  'closed-title': 'The line was cut.',
  'closed-meaning': 'The server, or something in between, closed it without a word.',
  'closed-remedy': 'Check the network. Flint tries again by itself once you have been signed in.',

  'password-needed-title': 'The password is needed.',
  'password-needed-meaning': 'None is kept on this computer.',
  'password-needed-remedy': 'Type it to sign in.',

  'not-kept-title': 'What comes in cannot be kept.',
  'not-kept-meaning':
    'It could not be written to the disk of this computer, so it waits at the server. Nothing is lost.',
  'not-kept-remedy': 'Make room on the disk. Flint tries again by itself.',

  'keyring-title': 'The keyring does not give the password.',
  'keyring-meaning': 'The system’s store of passwords is locked, denied it or did not answer.',
  'keyring-remedy': 'Unlock it and try again, or type the password.',

  'cannot-be-invisible-title': 'This server has no way to be invisible.',
  'cannot-be-invisible-meaning': 'Signing in now would show you as online, so Flint stopped before that.',
  'cannot-be-invisible-remedy': 'Turn off Start invisible under More, or choose another presence.',

  'user-exists-title': 'This name is taken.',
  'user-exists-meaning': 'Somebody has an account with this address already.',
  'user-exists-remedy': 'Choose another name, or sign in if it is yours.',

  'registration-closed-title': 'This server does not take new accounts.',
  'registration-closed-meaning': 'Accounts are made by its administrator.',
  'registration-closed-remedy': 'Ask your administrator for an account, then sign in with it.',

  'registration-form-title': 'This server asks for more than a name and a password.',
  'registration-form-meaning': 'Its form cannot be filled in here.',
  'registration-form-remedy': 'Make the account on the server’s own page, then sign in with it.',

  'registration-refused-title': 'The server did not make the account.',
  'registration-refused-meaning': 'It gave “{condition}” as the reason.',
  'registration-refused-remedy': 'Try another name or password, or ask your administrator.',
} as const;
