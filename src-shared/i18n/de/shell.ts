import type { DraftCatalogue } from '../catalogue';

export const shell: DraftCatalogue['shell'] = {
  'add-contact': 'Kontakt hinzufügen',
  'close-details': 'Details schließen',
  'closed-to-taskbar': 'Flint bleibt in der Taskleiste',
  'closed-to-taskbar-text':
    'Dieser Desktop zeigt keine Symbole im Infobereich, darum minimiert das Schließen das Fenster nur. Beenden mit Strg+Q.',
  connecting: 'Verbinden…',
  'connection-waiting': {
    one: 'Keine Verbindung. Neuer Versuch in {count} s.',
    other: 'Keine Verbindung. Neuer Versuch in {count} s.',
  },
  'connection-waiting-now': 'Keine Verbindung. Neuer Versuch jetzt.',
  'connection-waiting-text': 'Was du schreibst, wartet hier und wird automatisch gesendet.',
  'connection-stopped': 'Nicht angemeldet',
  'connection-stopped-text':
    'Flint versucht es nicht mehr. Was du schreibst, wartet hier, bis du dich wieder anmeldest.',
  'clear-after': 'Text löschen nach',
  'clear-after-never': 'Nie',
  'clear-after-half-hour': '30 Min.',
  'clear-after-hour': '1 Stunde',
  'clear-after-four-hours': '4 Stunden',
  'clear-after-today': 'Heute',
  'clear-at': 'Der Text wird um {time} gelöscht; die Präsenz bleibt.',
  until: 'bis {time}',
  device: '{client} · {presence}',
  devices: 'Deine anderen Geräte',
  'saved-open': 'Gespeicherte Statustexte…',
  'custom-clear': 'Statustext löschen',
  'custom-label': 'Statustext',
  'custom-open': 'Statustext…',
  'custom-placeholder': 'Was machst du gerade?',
  'custom-save': 'Festlegen',
  details: 'Details',
  'empty-no-contacts': 'Noch niemand da',
  'empty-no-contacts-text':
    'Füge die Adresse von jemandem hinzu, den du kennst; die Person wird zuerst gefragt.',
  'empty-pick': 'Wähle jemanden zum Schreiben',
  'empty-pick-text': 'Wähle einen Namen aus der Liste, oder suche und drücke Enter.',
  'history-memory': 'Nachrichten werden nicht gespeichert',
  'history-memory-text':
    'Sie bleiben nur, bis Flint beendet wird: Der Schlüsselbund gibt keinen Schlüssel, um sie zu sichern.',
  'history-newer': 'Ein neueres Flint hat diesen Verlauf geschrieben',
  'history-newer-text':
    'Aktualisiere Flint, um ihn zu sehen. Bis dahin bleiben Nachrichten, bis Flint beendet wird; was früher geschrieben wurde, bleibt, wie es ist.',
  'history-rebuilt': 'Der Verlauf war beschädigt',
  'history-rebuilt-text':
    'Flint hat die beschädigte Datei beiseitegelegt und eine neue begonnen. Was noch lesbar war, wurde übernommen.',
  'keyring-absent': 'Kein Schlüsselbund auf diesem Computer',
  'keyring-absent-text':
    'Flint behält dein Passwort nur im Arbeitsspeicher, und du gibst es nach jedem Start ein. Installiere einen Schlüsselbund, um das zu ändern.',
  'keyring-denied': 'Der Schlüsselbund hat Flint abgewiesen',
  'keyring-denied-text':
    'Dein Passwort bleibt nur im Arbeitsspeicher. Erlaube Flint im Schlüsselbund und starte es neu.',
  'keyring-locked': 'Der Schlüsselbund ist gesperrt',
  'keyring-locked-text':
    'Dein Passwort bleibt nur im Arbeitsspeicher. Entsperre den Schlüsselbund und starte Flint neu.',
  'keyring-slow': 'Der Schlüsselbund antwortet nicht',
  'keyring-slow-text': 'Flint macht ohne ihn weiter; dein Passwort bleibt nur im Arbeitsspeicher.',
  'load-failed': 'Flint konnte nicht lesen, was es aufbewahrt',
  'me-menu': 'Präsenz ändern',
  notices: 'Hinweise',
  'resize-details': 'Breite der Details',
  'resize-sidebar': 'Breite der Seitenleiste',
  'retry-now': 'Jetzt versuchen',
  settings: 'Einstellungen',
  sidebar: 'Seitenleiste',
  'sign-in-again': 'Wieder anmelden',
  'sign-out': 'Abmelden',
  'sign-out-text':
    'Flint löscht das Passwort, die Zertifikate, denen du vertraut hast, und den Verlauf von {jid} auf diesem Computer. Wartende Nachrichten gehen verloren.',
  'sign-out-title': '{jid} abmelden?',
  'archive-failed': 'Verpasste Nachrichten konnten nicht gelesen werden',
  'archive-failed-text':
    'Der Server hat sein Archiv verweigert: {condition} Was fehlt, ist in den Chats markiert.',
  profile: 'Profil und Bild…',
  'history-full': 'Die Festplatte ist voll',
  'history-full-text':
    'Dein Verlauf lässt sich nicht öffnen, darum bleibt Flint offline; was kommt, wartet beim Server. Schaffe Platz: Flint versucht es automatisch wieder.',
  'history-read-only': 'Flint darf nicht in seinen Ordner schreiben',
  'history-read-only-text':
    'Dein Verlauf lässt sich nicht öffnen, darum bleibt Flint offline; was kommt, wartet beim Server. Prüfe die Rechte des Ordners: Flint versucht es automatisch wieder.',
  'history-io': 'Die Festplatte meldet einen Fehler',
  'history-io-text':
    'Dein Verlauf lässt sich nicht öffnen, darum bleibt Flint offline; was kommt, wartet beim Server. Prüfe die Festplatte: Flint versucht es automatisch wieder.',
  'history-key-lost': 'Der Schlüssel zu deinem Verlauf ist verloren',
  'history-key-lost-text':
    'Der Schlüsselbund hat ihn nicht mehr. Darum lässt sich der Verlauf auf diesem Computer nicht lesen, und Nachrichten bleiben nur, bis Flint beendet wird.',
  'history-new-open': 'Neuer Verlauf…',
  'history-new': 'Einen neuen Verlauf beginnen?',
  'history-new-text':
    'Die alte Datei wird beiseitegelegt, unlesbar ohne ihren Schlüssel. Nachrichten, die seit dem Start von Flint kamen oder noch auf das Senden warten, sind sofort weg; was das Archiv des Servers hat, kommt wieder.',
  'history-new-action': 'Neu beginnen',
};
