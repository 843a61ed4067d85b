import type { Connection } from '../driver';
import type { NewUpload, UploadRow } from '../store';

interface Row extends Omit<UploadRow, 'copied' | 'fault'> {
  readonly copied: number;
  readonly fault: NonNullable<UploadRow['fault']>['why'] | null;
  readonly detail: string | null;
}

const columns =
  'id, peer, path, copied, name, size, origin_id AS originId, thumbnail, answers, whom, at, fault, detail';

const toUpload = ({ copied, fault, detail, ...row }: Row): UploadRow => ({
  ...row,
  copied: copied === 1,
  fault: fault === null ? null : { why: fault, detail },
});

/** In the order in which they were chosen. */
export function readUploads(db: Connection): readonly UploadRow[] {
  return db.all<Row>(`SELECT ${columns} FROM uploads ORDER BY id`).map(toUpload);
}

/** The one that is there already where the call comes a second time. */
export function insertUpload(db: Connection, upload: NewUpload): UploadRow {
  const { peer, path, copied, name, size, originId, thumbnail, answers, whom = null, at, fault } = upload;
  db.run(
    `INSERT INTO uploads (peer, path, copied, name, size, origin_id, thumbnail, answers, whom, at, fault, detail)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    ...[peer, path, copied, name, size, originId, thumbnail, answers, whom, at],
    ...[fault?.why ?? null, fault?.detail ?? null],
  );
  const row = db.one<Row>(`SELECT ${columns} FROM uploads WHERE origin_id = ?`, originId);
  if (!row) throw new Error('an upload that was put in is not there');
  return toUpload(row);
}

export function setUploadFault(db: Connection, id: number, fault: UploadRow['fault']): void {
  db.run(
    'UPDATE uploads SET fault = ?, detail = ? WHERE id = ?',
    fault?.why ?? null,
    fault?.detail ?? null,
    id,
  );
}

export function deleteUpload(db: Connection, id: number): void {
  db.run('DELETE FROM uploads WHERE id = ?', id);
}
