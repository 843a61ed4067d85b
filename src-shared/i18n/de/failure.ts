import type { DraftCatalogue } from '../catalogue';

export const failure: DraftCatalogue['failure'] = {
  'unknown-host-title': 'Der Server wurde nicht gefunden.',
  'unknown-host-meaning':
    'Auf diesen Namen antwortet kein Computer, oder dieser Computer ist in keinem Netz.',
  'unknown-host-remedy':
    'Prüfe die Schreibweise nach dem @ und das Netz. In einem Büro hat der Server vielleicht einen eigenen Namen: Gib ihn unter „Mehr“ ein.',

  'refused-title': 'Der Server hat die Verbindung abgelehnt.',
  'refused-meaning': 'Der Computer ist da, aber auf diesem Port hört niemand.',
  'refused-remedy': 'Prüfe den Port (Openfire: 7070 oder 7443) und ob der Chatserver läuft.',

  'unreachable-title': 'Der Server ist nicht erreichbar.',
  'unreachable-meaning': 'Aus diesem Netz führt kein Weg zu ihm.',
  'unreachable-remedy': 'Prüfe das Netz, ein vielleicht nötiges VPN und die Firewall.',

  'timeout-title': 'Der Server hat zu lange gebraucht.',
  'timeout-meaning': 'Beim oben markierten Schritt hat er nicht rechtzeitig geantwortet.',
  'timeout-remedy':
    'Versuche es noch einmal. Bleibt es so, ist vielleicht eine Firewall im Weg oder der Server überlastet.',

  'not-websocket-title': 'Das ist nicht die Adresse eines Chatservers.',
  'not-websocket-meaning': 'Etwas hat geantwortet (Status {status}), aber nicht mit einem WebSocket.',
  'not-websocket-remedy': 'Prüfe Port und Pfad: Openfire hat /ws/, Prosody /xmpp-websocket, ejabberd /ws.',

  'no-subprotocol-title': 'Der Server spricht hier kein XMPP.',
  'no-subprotocol-meaning':
    'An dieser Adresse hat er einen WebSocket, aber keinen für Chat, oder er startet gerade.',
  'no-subprotocol-remedy': 'Prüfe den Pfad oder versuche es in einer Minute noch einmal.',

  'wrong-domain-title': 'Dieser Server ist für diese Adresse nicht zuständig.',
  'wrong-domain-meaning': 'Er antwortet für eine andere Domain als die nach dem @.',
  'wrong-domain-remedy':
    'Prüfe den Teil nach dem @. Er ist die XMPP-Domain des Servers, die anders lauten kann als sein Hostname.',

  'tls-self-signed-title': 'Ist das dein Server?',
  'tls-self-signed-meaning':
    'Er zeigt ein Zertifikat, das keine bekannte Stelle signiert hat. So wird Openfire ausgeliefert, und so sähe es auch aus, wenn ein Fremder dazwischensäße. Es wurde kein Passwort gesendet.',
  'tls-self-signed-remedy': 'Frage die Administration nach dem Fingerabdruck und vergleiche.',

  'tls-expired-title': 'Das Zertifikat des Servers ist abgelaufen.',
  'tls-expired-meaning': 'Es war einmal gut, aber niemand hat es erneuert. Es wurde kein Passwort gesendet.',
  'tls-expired-remedy':
    'Sag der Administration Bescheid. Kennst du den Fingerabdruck, kannst du ihm für diesen Server vertrauen.',

  'tls-wrong-name-title': 'Das Zertifikat gehört zu einem anderen Server.',
  'tls-wrong-name-meaning': 'Es nennt den gefragten Host nicht. Es wurde kein Passwort gesendet.',
  'tls-wrong-name-remedy':
    'Prüfe die Serveradresse. Kennt die Administration diesen Fingerabdruck, kannst du ihm für diesen Server vertrauen.',

  'tls-changed-title': 'Das Zertifikat des Servers hat sich geändert.',
  'tls-changed-meaning':
    'Es ist nicht das, dem bisher vertraut wurde. Zertifikate werden ab und zu erneuert, aber es kann auch jemand dazwischensitzen. Es wurde kein Passwort gesendet.',
  'tls-changed-remedy':
    'Vergleiche beide Fingerabdrücke mit der Administration, bevor du dem neuen vertraust.',

  'tls-failed-title': 'Die Verbindung konnte nicht gesichert werden.',
  'tls-failed-meaning': 'Die Verschlüsselung ist fehlgeschlagen ({reason}). Es wurde kein Passwort gesendet.',
  'tls-failed-remedy':
    'Prüfe, ob der Port der verschlüsselte ist (Openfire: 7443), und frage die Administration.',

  'plain-refused-title': 'Das Passwort wäre unterwegs lesbar.',
  'plain-refused-meaning':
    'Die Verbindung ist nicht verschlüsselt, und der Server nimmt das Passwort nur im Klartext an. Flint hat es nicht gesendet.',
  'plain-refused-remedy':
    'Benutze eine Adresse mit wss://. In einem Netz, dem du vertraust, kannst du es für dieses Konto erlauben.',

  'scram-lost-title': 'Der Server verlangt weniger Sicherheit als bisher.',
  'scram-lost-meaning':
    'Bisher hat er das Passwort geprüft, ohne es zu sehen; jetzt will er es sehen. Vielleicht sind die Konten umgezogen; es kann auch jemand dazwischensitzen. Flint hat es nicht gesendet.',
  'scram-lost-remedy': 'Frage die Administration. Ist es so gewollt, erlaube es für dieses Konto.',

  'no-mechanism-title': 'Es gibt keinen gemeinsamen Weg, sich anzumelden.',
  'no-mechanism-meaning':
    'Der Server bietet keinen Weg an, den Flint für sicher hält (angeboten: {offered}).',
  'no-mechanism-remedy':
    'Bitte die Administration, SCRAM zu erlauben, oder PLAIN über eine verschlüsselte Verbindung.',

  'mechanism-missing-title': 'Der Server bietet {wanted} nicht an.',
  'mechanism-missing-meaning':
    'Du hast bestimmt, dass nur damit angemeldet wird. Der Server bietet an: {offered}.',
  'mechanism-missing-remedy': 'Wähle unter „Mehr“ einen anderen Mechanismus oder den stärksten.',

  'not-authorized-title': 'Der Server hat Name und Passwort abgelehnt.',
  'not-authorized-meaning': 'Er sagt nicht, was von beidem falsch ist.',
  'not-authorized-remedy':
    'Prüfe die Feststelltaste und die Schreibweise der Adresse. Heute das Passwort geändert? Nimm das neue.',

  'account-disabled-title': 'Dieses Konto ist gesperrt.',
  'account-disabled-meaning': 'Der Server kennt es, lässt es aber nicht zu.',
  'account-disabled-remedy': 'Bitte die Administration, es freizugeben.',

  'credentials-expired-title': 'Das Passwort ist abgelaufen.',
  'credentials-expired-meaning': 'Der Server verlangt ein neues, bevor er dich hereinlässt.',
  'credentials-expired-remedy':
    'Ändere es dort, wo deine Organisation das vorsieht, und melde dich mit dem neuen an.',

  'temporary-auth-failure-title': 'Der Server kann gerade keine Passwörter prüfen.',
  'temporary-auth-failure-meaning': 'Name und Passwort können durchaus richtig sein.',
  'temporary-auth-failure-remedy':
    'Flint versucht es automatisch wieder. Dauert es an, sag der Administration Bescheid.',

  'server-forged-title': 'Der Server hat nicht bewiesen, dass er deiner ist.',
  'server-forged-meaning': 'Er kennt dein Passwort nicht, oder sein Angebot wurde unterwegs verändert.',
  'server-forged-remedy': 'Melde dich aus diesem Netz nicht an. Sag der Administration Bescheid.',

  'weak-scram-title': 'Der Server prüft Passwörter auf unsichere Art.',
  'weak-scram-meaning': 'Die Zahl seiner Runden ({iterations}) liegt außerhalb des sicheren Bereichs.',
  'weak-scram-remedy': 'Bitte die Administration, sie auf 4.096 bis 1.000.000 zu setzen.',

  'auth-failed-title': 'Die Anmeldung ist fehlgeschlagen.',
  'auth-failed-meaning': 'Der Server hat mit „{condition}“ abgebrochen.',
  'auth-failed-remedy': 'Versuche es noch einmal. Bleibt es so, zeige der Administration das XML.',

  'bind-failed-title': 'Der Server hat dieser Anmeldung keinen Platz gegeben.',
  'bind-failed-meaning': 'Er hat „{condition}“ geantwortet.',
  'bind-failed-remedy':
    'Melde dich auf einem Gerät ab, das du nicht mehr benutzt, oder wähle unter „Mehr“ eine andere Ressource.',

  'conflict-title': 'Du hast dich anderswo angemeldet.',
  'conflict-meaning': 'Der Server hat diese Sitzung für eine neuere mit demselben Namen geschlossen.',
  'conflict-remedy': 'Melde dich hier wieder an, wenn du das warst. Wenn nicht, ändere dein Passwort.',

  'replaced-credentials-title': 'Der Server hat diese Sitzung beendet.',
  'replaced-credentials-meaning':
    'Das Passwort wurde geändert oder das Konto entfernt. Verlauf und ungesendete Nachrichten bleiben hier.',
  'replaced-credentials-remedy': 'Melde dich mit dem neuen Passwort an oder frage die Administration.',

  'system-shutdown-title': 'Der Server fährt herunter.',
  'system-shutdown-meaning': 'Er wird neu gestartet oder gewartet.',
  'system-shutdown-remedy': 'Flint kommt automatisch zurück, sobald der Server es tut.',

  'policy-violation-title': 'Der Server bittet um eine Pause.',
  'policy-violation-meaning': 'Von diesem Konto kam in kurzer Zeit zu viel.',
  'policy-violation-remedy': 'Flint wartet und versucht es automatisch wieder. Nichts geht verloren.',

  'stream-error-title': 'Der Server hat die Verbindung beendet.',
  'stream-error-meaning': 'Als Grund hat er „{condition}“ genannt.',
  'stream-error-remedy':
    'Flint versucht es automatisch wieder. Bleibt es so, zeige der Administration das XML.',

  'malformed-title': 'Der Server hat etwas Unlesbares gesendet.',
  'malformed-meaning': 'Es ist kein gültiges XMPP, darum hat Flint die Verbindung zur Sicherheit getrennt.',
  'malformed-remedy': 'Flint versucht es automatisch wieder. Bleibt es so, sag der Administration Bescheid.',

  'closed-title': 'Die Verbindung wurde getrennt.',
  'closed-meaning': 'Der Server oder etwas dazwischen hat sie wortlos geschlossen.',
  'closed-remedy': 'Prüfe das Netz. Flint versucht es automatisch wieder, sobald du einmal angemeldet warst.',

  'password-needed-title': 'Das Passwort wird gebraucht.',
  'password-needed-meaning': 'Auf diesem Computer ist keins gespeichert.',
  'password-needed-remedy': 'Gib es ein, um dich anzumelden.',

  'not-kept-title': 'Was ankommt, kann nicht aufbewahrt werden.',
  'not-kept-meaning':
    'Es ließ sich nicht auf die Festplatte dieses Computers schreiben, darum wartet es auf dem Server. Nichts geht verloren.',
  'not-kept-remedy': 'Schaffe Platz auf der Festplatte. Flint versucht es automatisch wieder.',

  'keyring-title': 'Der Schlüsselbund gibt das Passwort nicht heraus.',
  'keyring-meaning': 'Er ist gesperrt, hat abgelehnt oder nicht geantwortet.',
  'keyring-remedy': 'Entsperre ihn und versuche es noch einmal, oder gib das Passwort ein.',

  'cannot-be-invisible-title': 'Auf diesem Server kann man nicht unsichtbar sein.',
  'cannot-be-invisible-meaning':
    'Mit der Anmeldung wärst du als online zu sehen, darum hat Flint vorher angehalten.',
  'cannot-be-invisible-remedy':
    'Schalte „Unsichtbar anmelden“ unter „Mehr“ aus oder wähle eine andere Präsenz.',

  'user-exists-title': 'Dieser Name ist vergeben.',
  'user-exists-meaning': 'Mit dieser Adresse gibt es schon ein Konto.',
  'user-exists-remedy': 'Wähle einen anderen Namen, oder melde dich an, wenn es deins ist.',

  'registration-closed-title': 'Dieser Server nimmt keine neuen Konten an.',
  'registration-closed-meaning': 'Konten legt seine Administration an.',
  'registration-closed-remedy': 'Bitte die Administration um ein Konto und melde dich damit an.',

  'registration-form-title': 'Dieser Server verlangt mehr als Name und Passwort.',
  'registration-form-meaning': 'Sein Formular lässt sich hier nicht ausfüllen.',
  'registration-form-remedy': 'Lege das Konto auf der Seite des Servers an und melde dich damit an.',

  'registration-refused-title': 'Der Server hat das Konto nicht angelegt.',
  'registration-refused-meaning': 'Als Grund hat er „{condition}“ genannt.',
  'registration-refused-remedy':
    'Versuche einen anderen Namen oder ein anderes Passwort, oder frage die Administration.',
  'too-large-title': 'Der Server hat zu viel in einem Stück geschickt.',
  'too-large-meaning':
    'Ein Stück war länger oder tiefer verschachtelt, als Flint annimmt; zur Sicherheit hat es die Verbindung getrennt. Eine Kontaktliste darf 8 MB haben.',
  'too-large-remedy':
    'Warst du schon einmal angemeldet, versucht Flint es automatisch wieder. Bleibt es so, sag der Administration Bescheid: Meist ist es eine Kontaktliste, in der eine ganze Firma steht.',
};
