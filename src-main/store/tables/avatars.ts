import type { AvatarOf, Picture } from '../../../src-shared/model/card';
import type { Connection } from '../driver';

export function readAvatars(db: Connection): readonly AvatarOf[] {
  return db.all<AvatarOf>('SELECT jid, hash FROM avatars ORDER BY jid');
}

export function readPicture(db: Connection, hash: string): Picture | null {
  return db.one<Picture>('SELECT type, data FROM pictures WHERE hash = ?', hash) ?? null;
}

/** The picture goes with the last that has it. */
export function putAvatar(db: Connection, jid: string, hash: string | null, picture: Picture | null): void {
  const before = db.one<{ hash: string }>('SELECT hash FROM avatars WHERE jid = ?', jid)?.hash;
  if (hash === null) db.run('DELETE FROM avatars WHERE jid = ?', jid);
  else {
    if (picture)
      db.run(
        'INSERT INTO pictures VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
        hash,
        picture.type,
        picture.data,
      );
    db.run('INSERT INTO avatars VALUES (?, ?) ON CONFLICT DO UPDATE SET hash = excluded.hash', jid, hash);
  }
  if (before !== undefined && before !== hash)
    db.run(
      'DELETE FROM pictures WHERE hash = ?1 AND NOT EXISTS (SELECT 1 FROM avatars WHERE hash = ?1)',
      before,
    );
}
