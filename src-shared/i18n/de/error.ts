import type { DraftCatalogue } from '../catalogue';

export const error: DraftCatalogue['error'] = {
  'bad-request': 'Flint konnte mit der Eingabe nichts anfangen. Prüfe sie und versuche es noch einmal.',
  forbidden: 'Dieses Fenster darf das nicht.',
  internal:
    'In Flint ist etwas schiefgegangen. Versuche es noch einmal; wenn es so bleibt, starte Flint neu.',
  'bad-jid': 'Das ist keine gültige Adresse. Adressen sehen aus wie name@example.org.',
  'bad-url':
    'Das ist keine gültige Serveradresse. Gib den Namen des Servers ein oder eine Adresse, die mit wss:// beginnt.',
  'bad-xml': 'Das ist keine einzelne, wohlgeformte Stanza.',
  'no-account': 'Niemand ist angemeldet. Melde dich zuerst an.',
  'not-online': 'Es gibt keine Verbindung. Versuche es noch einmal, sobald Flint wieder online ist.',
  timeout: 'Der Server hat nicht rechtzeitig geantwortet. Versuche es noch einmal.',
  'not-contact': 'Diese Person steht nicht in deinen Kontakten.',
  'own-address': 'Das ist deine eigene Adresse.',
  'shared-contact': 'Die Administration des Servers hat diesen Kontakt angelegt. Nur sie kann ihn ändern.',
  'server-refused': 'Der Server hat es abgelehnt ({condition}).',
  'not-offered': 'Dieser Server kann das nicht.',
  'wrong-password': 'Das aktuelle Passwort ist falsch.',
  'message-empty': 'Es gibt nichts zu senden.',
  'message-too-long': 'Die Nachricht ist zu lang. Sende sie in Teilen.',
  'no-message': 'Diese Nachricht ist nicht mehr da.',
  'store-unavailable': 'Flint kommt nicht an das, was es auf diesem Computer aufbewahrt. Starte Flint neu.',
  'store-full': 'Die Festplatte ist voll. Schaffe Platz und versuche es noch einmal.',
  'store-read-only':
    'Flint darf nicht in seinen Ordner schreiben. Prüfe die Rechte und versuche es noch einmal.',
  'store-damaged':
    'Der Verlauf auf diesem Computer ist beschädigt. Starte Flint neu: Es legt die beschädigte Datei beiseite.',
  'store-wrong-key':
    'Der Verlauf auf diesem Computer wurde mit einem anderen Schlüssel geschrieben. Entsperre den Schlüsselbund von damals und starte Flint neu.',
  'store-io': 'Die Festplatte meldet einen Fehler. Prüfe sie und versuche es noch einmal.',
  'store-closed': 'Der Verlauf startet gerade neu. Versuche es gleich noch einmal.',
  busy: 'Ein Export oder eine Löschung läuft. Warte das Ende ab oder brich ab.',
  file: 'Die Datei konnte nicht geschrieben werden. Wähle einen anderen Ort und versuche es noch einmal.',
  'nothing-to-print': 'In diesem Chat gibt es keine Nachrichten zum Drucken.',
  print:
    'Die Seite konnte nicht erstellt werden. Versuche es noch einmal, oder exportiere den Chat als Webseite und drucke diese.',
  'bad-sound': 'Diese Datei lässt sich nicht abspielen. Wähle eine WAV-, OGG-, MP3- oder FLAC-Datei.',
  'sound-too-large': 'Diese Datei ist zu groß. Ein Ton darf bis zu 1 MB haben.',
  keyring: 'Der Schlüsselbund des Systems hat nicht geantwortet. Entsperre ihn und versuche es noch einmal.',
  'link-refused': 'Flint öffnet Links dieser Art nicht.',
  'changed-elsewhere': 'Es wurde inzwischen auf einem anderen Gerät geändert.',
  'bad-picture': 'Dieses Bild lässt sich nicht verwenden. Wähle ein anderes.',
  'own-domain': 'Das ist dein eigener Server. Ihn zu blockieren würde alle dort aussperren.',
  invisible: 'Du bist unsichtbar, und Räume zeigen, wer in ihnen ist. Wähle zuerst eine andere Präsenz.',
  'bad-nick': 'Dieser Name geht in einem Raum nicht. Wähle einen anderen.',
  'no-room': 'Du bist nicht in diesem Raum. Tritt ihm zuerst bei.',
  'room-banned': '{who} ist aus diesem Raum verbannt. Hebe das zuerst auf oder lade diese Person nicht ein.',
  'no-voice-requests':
    'Dieser Server gibt Bitten um das Wort nicht weiter. Schreib einem Moderator des Raums privat: Er kann es dir erteilen.',
  'room-exists': 'Einen Raum dieses Namens gibt es schon: {room}',
  'buzz-rest': 'Einmal anstupsen in der Minute. Das nächste Mal geht in {seconds} s.',
  'file-gone':
    'Der Server hat diese Datei nicht mehr (HTTP {status}). Bitte darum, sie noch einmal zu senden.',
  'file-unsafe':
    'Diese Datei liegt an einer Adresse, von der Flint nichts holt. Öffne sie im Browser, wenn du ihr traust.',
  'file-network': 'Die Datei ließ sich nicht holen. Versuche es noch einmal.',
  'file-bad-picture': 'Das ist kein Bild, das sich anzeigen lässt. Es kann als Datei gespeichert werden.',
  'file-changed':
    'Das sind nicht die Bytes, die geschickt wurden: Die Datei wurde unterwegs verändert. Sie wurde nicht behalten.',
  'file-offer-gone': 'Diese Datei wird nicht mehr angeboten. Bitte darum, sie noch einmal zu senden.',
  'file-too-large': 'Das ist zu groß, um hier angezeigt zu werden. Speichere es stattdessen.',
  'file-bad-media': 'Das lässt sich hier nicht abspielen. Es kann als Datei gespeichert werden.',
  'file-sealed-large':
    'Diese verschlüsselte Datei ist zu groß, um geöffnet zu werden. Bitte darum, sie auf anderem Weg zu bekommen.',
  'no-screens':
    'Das System gibt Flint kein Bild des Bildschirms. Erlaube es in den Systemeinstellungen, oder füge ein Bild ein.',
  'store-locked': 'Der Schlüsselbund ist gesperrt. Entsperre ihn und versuche es noch einmal.',
  'store-slow': 'Der Schlüsselbund antwortet nicht. Entsperre ihn und versuche es noch einmal.',
};
