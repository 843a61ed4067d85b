import type { DraftCatalogue } from '../catalogue';

export const files: DraftCatalogue['files'] = {
  attach: 'Dateien senden',
  'attach-offline': 'Dateien senden: Sie warten hier, bis Flint verbunden ist',
  'attach-room':
    'Dein Server hat keinen Dateidienst. Dateien gehen nur an eine einzelne Person, die online ist.',
  'attach-nobody': 'Dein Server hat keinen Dateidienst. {name} muss online sein, um eine Datei anzunehmen.',
  'attach-files': 'Dateien…',
  screenshot: 'Bildschirmfoto…',
  'screenshot-title': 'Bildschirmfoto',
  'screenshot-text': 'So sah es eben aus. Wähle einen Bildschirm oder ein Fenster zum Senden.',
  screen: 'Bildschirm {number}',
  window: 'Fenster',
  tray: 'Dateien unterwegs',
  waiting: 'Wartet auf die Verbindung',
  queued: 'Wartet, bis sie an der Reihe ist',
  asking: 'Wartet darauf, dass {who} annimmt',
  preparing: 'Wird vorbereitet',
  progress: '{done} von {total}',
  'progress-speed': '{done} von {total} · {speed}/s',
  'progress-of': 'Fortschritt von {name}',
  cancel: '{name} nicht senden',
  retry: '{name} noch einmal senden',
  'fault-too-large':
    '{name} wurde nicht gesendet. Die Datei hat {size}; der Server nimmt bis zu {limit} an. Sende einen Link oder eine kleinere Datei.',
  'fault-too-large-plain':
    '{name} wurde nicht gesendet. Die Datei hat {size}; das ist mehr, als der Server annimmt. Sende eine kleinere.',
  'fault-empty': '{name} wurde nicht gesendet, weil die Datei leer ist.',
  'fault-gone':
    '{name} wurde nicht gesendet. Die Datei ist nicht mehr, wo sie war, oder hat sich geändert. Wähle sie noch einmal.',
  'fault-unreadable':
    '{name} wurde nicht gesendet. Das lässt sich nicht lesen: ein Ordner, oder eine Datei ohne Leserecht.',
  'fault-not-offered': '{name} wurde nicht gesendet. Der Server nimmt keine Dateien an.',
  'fault-refused': '{name} wurde nicht gesendet. Der Server hat es abgelehnt ({condition}).',
  'fault-unsafe':
    '{name} wurde nicht gesendet. Der Server hat eine Adresse genannt, die nicht sicher ist. Sag seiner Administration Bescheid.',
  'fault-http':
    '{name} wurde nicht gesendet. Der Server hat die Datei nicht gespeichert (HTTP {status}). Versuche es später noch einmal.',
  'fault-network':
    '{name} wurde nicht gesendet. Die Verbindung ist mehrmals abgerissen. Versuche es noch einmal.',
  'fault-room':
    '{name} wurde nicht gesendet. Dein Server hat keinen Dateidienst; Dateien gehen nur an eine einzelne Person, die online ist.',
  'fault-nobody':
    '{name} wurde nicht gesendet. Dein Server hat keinen Dateidienst, also muss jemand online sein, um sie anzunehmen. Versuche es dann noch einmal.',
  'fault-no-way':
    '{name} wurde nicht gesendet. Dein Server hat keinen Dateidienst, und die App der anderen Seite nimmt Dateien nicht direkt an.',
  'fault-declined': '{name} wurde abgelehnt.',
  'fault-busy':
    '{name} wurde nicht gesendet. Die andere Seite nimmt gerade keine weiteren Dateien an. Versuche es später noch einmal.',
  'fault-no-answer':
    '{name} wurde nicht gesendet. Die andere Seite hat nicht geantwortet. Versuche es noch einmal.',
  'fault-stopped':
    '{name} ist nicht angekommen. Die andere Seite hat die Übertragung beendet. Versuche es noch einmal.',
  'fault-failed-there':
    '{name} ist nicht angekommen. Die App der anderen Seite konnte die Datei nicht annehmen. Versuche es noch einmal.',
  'fault-too-large-there':
    '{name} ist nicht angekommen. Die Datei ist für die andere Seite zu groß. Sende eine kleinere.',
  'fault-damaged':
    '{name} ist nicht angekommen. Die Datei kam drüben beschädigt an und wurde nicht behalten. Versuche es noch einmal.',
  'fault-line': '{name} ist nicht angekommen. Die Verbindung ist abgerissen. Versuche es noch einmal.',
  'not-added': 'Die Dateien konnten nicht hinzugefügt werden. Zieh sie noch einmal hierher.',
  drop: 'Loslassen, um an {name} zu senden',
  pasted: 'Bild {date}.png',
  'size-title': { one: 'Dieses Bild ist groß', other: '{count} Bilder sind groß' },
  'size-text': {
    one: 'Es kann vor dem Senden verkleinert werden.',
    other: 'Sie können vor dem Senden verkleinert werden.',
  },
  size: 'Größe',
  'size-whole': 'Wie aufgenommen',
  'size-small': 'So groß wie ein Bildschirm',
  'size-send': { one: 'Senden', other: '{count} Dateien senden' },
  file: 'Datei',
  about: '{kind} · {size}',
  'picture-named': 'Bild {name}',
  open: 'Im Browser öffnen',
  'save-as': 'Speichern unter…',
  save: '{name} speichern',
  saved: '{name} ist gespeichert.',
  saving: '{name} wird gespeichert',
  'stop-saving': '{name} nicht weiter speichern',
  load: 'Laden',
  'load-named': '{name} laden',
  'held-stranger': 'Nicht automatisch geladen: Der Server der Datei würde erfahren, dass du das liest.',
  'held-large': 'Nicht automatisch geladen: groß oder von unbekannter Größe.',
  again: 'Erneut versuchen',
  enlarge: '{name} vergrößern',
  play: '{name} abspielen',
  pause: '{name} anhalten',
  'place-in': 'Stelle in {name}',
  'place-words': '{at} von {total}',
  speed: 'Tempo: {rate}×',
  'full-screen': 'Vollbild',
  accept: 'Annehmen…',
  'accept-named': '{name} annehmen',
  decline: 'Ablehnen',
  'decline-named': '{name} ablehnen',
  'direct-offered': 'Kommt direkt vom anderen Computer. Nichts wird gespeichert, bevor du es annimmst.',
  'direct-declined': 'Abgelehnt.',
  'direct-here': 'Auf diesem Computer gespeichert.',
  'direct-sent': 'Ging direkt an den anderen Computer.',
  'direct-lost': 'Nicht hier: Die Verbindung wurde getrennt. Bitte noch einmal darum.',
  'direct-silent': 'Nicht hier: Die andere Seite hat nichts mehr gesendet. Bitte noch einmal darum.',
  'direct-stopped': 'Nicht hier: Die andere Seite hat die Übertragung beendet. Bitte noch einmal darum.',
  'direct-expired': 'Nicht hier: Das Angebot wurde nicht rechtzeitig angenommen. Bitte noch einmal darum.',
  'direct-failed-there':
    'Nicht hier: Die App der anderen Seite konnte die Datei nicht senden. Bitte noch einmal darum.',
  'direct-too-many': 'Angehalten und entfernt: Es kam mehr, als angeboten war. Frag nach, was das war.',
  'direct-broken': 'Nicht hier: Die Datei kam beschädigt an. Bitte noch einmal darum.',
  'direct-changed': 'Entfernt: Das war nicht die versprochene Datei. Bitte noch einmal darum.',
  'direct-disk':
    'Nicht gespeichert: Die Datei konnte nicht geschrieben werden. Schaffe Platz oder wähle einen anderen Ordner und bitte noch einmal darum.',
  'direct-cancelled':
    'Du hast die Übertragung beendet. Bitte noch einmal darum, wenn du die Datei doch willst.',
  'viewer-of': '{at} von {count}',
  previous: 'Voriges Bild',
  next: 'Nächstes Bild',
  'zoom-in': 'Größer',
  'zoom-out': 'Kleiner',
  'zoom-fit': 'Ans Fenster anpassen',
  shared: 'Geteilte Dateien',
  'shared-none': 'Hier hat noch niemand eine Datei geteilt.',
  'shared-more': 'Ältere anzeigen',
  'shared-failed': 'Die Liste konnte nicht gelesen werden.',
  'shared-show': '{name} im Chat anzeigen',
  last: 'Datei: {name}',
  'fault-hidden-details':
    '{name} verrät vielleicht, wo und wann die Aufnahme gemacht wurde. Aus dieser Datei lässt sich das nicht entfernen. Lass sie weg oder sende sie trotzdem.',
  'send-anyway': 'Trotzdem senden',
  'send-anyway-named': 'Trotzdem senden: {name}',
  'drop-most': 'Je bis zu {size}',
};
